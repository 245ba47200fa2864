import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { findLesson, listLessons } from "../../tools/notebooks/lessons.mjs";
import { codeSum, writtenOutcomes } from "../../tools/notebooks/outcomes.mjs";
import { calibrate } from "../../tools/run/calibrate.mjs";
import {
  calibrationFile,
  calibrationSettings,
  readCalibrations,
} from "../../tools/run/calibration.mjs";
import { calibrationProblems, judge } from "../../tools/run/judge.mjs";
import { notebooksDir } from "../../tools/run/paths.mjs";
import { temporaryFolder } from "./temporary.mjs";

test("every limit of every calibrated lesson stands off from all kept runs", (t) => {
  const lessons = listLessons(notebooksDir);
  const kept = readCalibrations();
  const problems = kept.flatMap((calibration) => {
    const { notebook } = findLesson(lessons, calibration.lesson);
    if (codeSum(notebook) !== calibration.code)
      t.diagnostic(`calibrated with other code: ${calibration.lesson}, ${calibration.profile}`);
    return calibrationProblems(calibration, writtenOutcomes(notebook, calibration.profile));
  });
  for (const profile of ["quick", "standard"]) {
    const known = kept.filter((each) => each.profile === profile).map(({ lesson }) => lesson);
    const without = lessons.map(({ slug }) => slug).filter((slug) => !known.includes(slug));
    t.diagnostic(`not calibrated yet, ${profile}: ${without.join(", ") || "none"}`);
  }
  assert.deepEqual(problems, []);
});

/**
 * A calibration of 15 runs of one outcome.
 *
 * @param {number[]} values
 * @param {{ limits: Record<string, number>, twins?: (number | null)[], skewed?: boolean }} how
 * @returns {import("../../tools/run/calibration.mjs").Calibration}
 */
function calibrationOf(values, { limits, twins, skewed = false }) {
  /** @type {import("../../tools/run/calibration.mjs").CalibrationRow[]} */
  const rows = values.map((value, index) => ({
    seed: index + 1,
    outcomes: {
      x: { value, limits, ...(twins ? { twin: twins[index] } : {}), skewed },
    },
  }));
  const run = { command: "", setting: "as it is", machine: {}, versions: {}, device: "CPU", rows };
  return { lesson: "11-a", profile: "quick", code: "", runs: [run] };
}

// Mean 10, sample standard deviation 1, from 9.03 to 10.97.
const unit = Math.sqrt(14 / 15);
const spreadOut = [...Array(7).fill(10 - unit), ...Array(7).fill(10 + unit), 10].map(
  (value) => 10 + (value - 10) * Math.sqrt(15 / 14),
);
const problemsOf = (values, how, written = {}) =>
  calibrationProblems(calibrationOf(values, how), written);

describe("a limit is believed", () => {
  test("where the nearest run is four deviations off, and not nearer", () => {
    assert.deepEqual(problemsOf(spreadOut, { limits: { atMost: 15.01 } }), []);
    assert.match(
      problemsOf(spreadOut, { limits: { atMost: 14.9 } })[0],
      /^11-a, quick: "x" \(at most 14\.9\): the nearest run is 3\.9 off, 4 deviations are 4$/,
    );
    assert.deepEqual(problemsOf(spreadOut, { limits: { atLeast: 4.99, below: 15.01 } }), []);
    assert.equal(problemsOf(spreadOut, { limits: { atLeast: 4.99, below: 14 } }).length, 1);
  });

  test("where it is marked as skewed, half the range off", () => {
    const classes = [...Array(14).fill(10), 8];
    assert.deepEqual(problemsOf(classes, { limits: { atLeast: 7 }, skewed: true }), []);
    assert.match(
      problemsOf(classes, { limits: { atLeast: 7.5 }, skewed: true })[0],
      /the nearest run is 0\.5 off, half their range are 1/,
    );
  });

  test("at the runs themselves where they are all the same", () => {
    assert.deepEqual(problemsOf(Array(15).fill(0), { limits: { atMost: 0 } }), []);
    assert.equal(problemsOf(Array(15).fill(1), { limits: { atMost: 0 } }).length, 1);
  });

  test("where the twin misses it by as much", () => {
    const twins = (far) => spreadOut.map((value) => value + far);
    const limits = { atMost: 15.01 };
    assert.deepEqual(problemsOf(spreadOut, { limits, twins: twins(10.1) }), []);
    assert.match(
      problemsOf(spreadOut, { limits, twins: twins(8) })[0],
      /the nearest twin misses by 1\.99, 4 deviations are 4/,
    );
    const atLimit = { limits: { atMost: 16 }, twins: Array(15).fill(16) };
    assert.equal(problemsOf(spreadOut, atLimit).length, 1, "a twin at the limit does not miss");
  });

  test("with at least 15 runs, none of which failed or gave no number", () => {
    const limits = { atMost: 99 };
    assert.match(problemsOf(spreadOut.slice(1), { limits })[0], /14 runs are kept, not 15/);
    const calibration = calibrationOf(spreadOut, { limits });
    calibration.runs[0].rows[2].failed = true;
    calibration.runs[0].rows[3].outcomes = {};
    calibration.runs[0].rows[4].outcomes.x.value = null;
    assert.deepEqual(calibrationProblems(calibration, {}), [
      "11-a, quick: a cell failed in 1 of 15 runs",
      '11-a, quick: "x" came out of 13 of 15 runs',
    ]);
  });

  test("as the notebook says it now; an outcome that no run had is missing", () => {
    const how = { limits: { atMost: 99 } };
    const written = {
      x: { limits: { atMost: 11 }, skewed: false },
      y: { limits: {}, skewed: false },
    };
    const problems = problemsOf(spreadOut, how, written);
    assert.match(problems[0], /"y" is in no kept run/);
    assert.match(problems[1], /"x" \(at most 11\): the nearest run is/);
  });
});

describe("what a notebook promises", () => {
  const notebookOf = (...code) => ({
    cells: code.map((source) => ({ cell_type: "code", source, metadata: {} })),
  });

  test("is read with the thresholds of a profile", () => {
    const notebook = notebookOf(
      'gan.expectOutcome("a", f(x), { atLeast: { quick: 6, standard: 10, full: 10 }, skewed: true });',
      'gan.expectOutcome("b", 1, { above: -1e-3, atMost: limit, unit: "%" });\ngan.expectOutcome("c", 1, rest);',
      "gan.expectOutcome(name, 1, { atMost: 1 }); await lesson.end();",
      'gan.expectOutcome("exercise", 1, { atMost: 1 });',
    );
    assert.deepEqual(writtenOutcomes(notebook, "quick"), {
      a: { limits: { atLeast: 6 }, skewed: true },
      b: { limits: { above: -1e-3 }, skewed: false },
      c: { limits: {}, skewed: false },
    });
    assert.deepEqual(writtenOutcomes(notebook, "standard").a.limits, { atLeast: 10 });
  });

  test("has a sum that knows the code, and neither comments, limits nor exercises", () => {
    const code = (steps, limit, rest = "") =>
      codeSum(
        notebookOf(
          `const steps = ${steps}; ${rest}\ngan.expectOutcome("a", run(steps), { ${limit}unit: "s" });`,
          "await lesson.end();",
        ),
      );
    const sum = code(100, "atMost: 1, ");
    assert.equal(code(100, "atMost: { quick: 2, standard: 3, full: 4 }, "), sum);
    assert.equal(code(100, 'atMost: 9, skewed: true, hint: "Look.", ', "// a comment"), sum);
    assert.equal(code(100, "atMost: 1, ", "\n\n"), sum);
    const [short, laidOut] = ["f(x => x, { 'a': 1 });", "f((x) => x, {\n  a: 1,\n});\n"];
    assert.equal(codeSum(notebookOf(short)), codeSum(notebookOf(laidOut)));
    assert.notEqual(code(101, "atMost: 1, "), sum);
  });
});

describe("a calibration", () => {
  const cells = [{ cell_type: "code", source: "await lesson.end();", metadata: {} }];
  const lesson = { slug: "11-a", file: "11-a.ipynb", notebook: { cells, metadata: {} } };
  const outcome = { limits: { atMost: 1 }, twin: 3, skewed: false };
  const machine = { oneDNN: "v3", oneDNNInstructions: "Intel AVX2", oneDNNKernels: "no" };
  const report = { figures: { x: 0.5 }, outcomes: { x: outcome }, device: "CPU" };

  test("runs seeds times settings, keeps each, and does not run again what is kept", async () => {
    const folder = temporaryFolder("calibration");
    const made = [];
    /** @type {typeof import("../../tools/run/run-lesson.mjs").runLesson} */
    const run = async (_, { seed, environment }) => {
      made.push([seed, environment]);
      return { seed, ok: true, report };
    };
    const how = { profile: "quick", command: "npm run lesson", folder, run, machine };
    assert.equal(await calibrate(lesson, { ...how, seeds: 1 }), false, "3 runs are too few");
    assert.equal(made.length, 3);
    assert.deepEqual(
      made.map(([, { GAN_LENIENT }]) => GAN_LENIENT),
      ["1", "1", "1"],
    );
    assert.equal(new Set(made.map(([, environment]) => JSON.stringify(environment))).size, 3);
    assert.equal(await calibrate(lesson, { ...how, seeds: 5 }), true);
    assert.equal(made.length, 15);
    assert.equal(await calibrate(lesson, { ...how, seeds: 5 }), true);
    assert.equal(made.length, 15, "nothing is run again");
    const kept = JSON.parse(readFileSync(calibrationFile("11-a", "quick", folder), "utf8"));
    assert.deepEqual(
      kept.runs.map(({ rows }) => rows.map(({ seed }) => seed)),
      Array(3).fill([1, 2, 3, 4, 5]),
    );
    const [verdict] = judge(kept);
    assert.deepEqual([verdict.runs.mean, verdict.twin?.runs.mean, verdict.distance], [0.5, 3, 0.5]);
  });

  describe("of other code", () => {
    const changed = {
      ...lesson,
      notebook: {
        cells: [{ cell_type: "code", source: "const more = 1; await lesson.end();", metadata: {} }],
        metadata: {},
      },
    };
    /** Calibrates the lesson, then the changed one, whose outcomes are others. */
    const calibrateTwice = async (after, failed = 0) => {
      const folder = temporaryFolder("calibration-code");
      const made = [];
      let outcomes = { x: { figure: 0.5, ...outcome }, gone: { figure: 1, ...outcome } };
      /** @type {typeof import("../../tools/run/run-lesson.mjs").runLesson} */
      const run = async (_, { seed, label }) => {
        made.push(`${label} ${seed}`);
        const figures = Object.fromEntries(
          Object.entries(outcomes).map(([name, { figure }]) => [name, figure]),
        );
        return { seed, ok: made.length !== failed, report: { figures, outcomes, device: "CPU" } };
      };
      const how = { profile: "quick", seeds: 1, command: "", folder, run, machine };
      await calibrate(lesson, how);
      outcomes = after;
      made.length = 0;
      await calibrate(changed, how);
      const again = [...made];
      await calibrate(changed, how);
      assert.deepEqual(made, again, "and is of this code from then on");
      const kept = JSON.parse(readFileSync(calibrationFile("11-a", "quick", folder), "utf8"));
      return { made, kept };
    };
    const settings = ["as-it-is 1", "ONEDNN_MAX_CPU_ISA=AVX 1", "TF_ENABLE_ONEDNN_OPTS=1 1"];

    test("stays where a run made again gives the same outcomes; those that are gone go", async () => {
      const { made, kept } = await calibrateTwice({ x: { figure: 0.5, ...outcome } });
      assert.deepEqual(made, ["as-it-is 1"]);
      assert.equal(kept.runs.length, 3);
      for (const { rows } of kept.runs) assert.deepEqual(Object.keys(rows[0].outcomes), ["x"]);
    });

    test("stays where an outcome lost its twin, and loses it too; another twin makes all anew", async () => {
      const { twin, ...alone } = outcome;
      const without = await calibrateTwice({ x: { figure: 0.5, ...alone } });
      assert.deepEqual(without.made, ["as-it-is 1"]);
      for (const { rows } of without.kept.runs) assert.equal(rows[0].outcomes.x.twin, undefined);
      const other = await calibrateTwice({ x: { figure: 0.5, ...alone, twin: twin + 1 } });
      assert.deepEqual(other.made, settings);
    });

    test("is made again where a cell had failed", async () => {
      const { made } = await calibrateTwice({ x: { figure: 0.5, ...outcome } }, 2);
      assert.deepEqual(made, ["as-it-is 1", "ONEDNN_MAX_CPU_ISA=AVX 1"]);
    });

    test("loses no kept run where the new code fails, or leaves no report", async () => {
      for (const [broken, message] of /** @type {const} */ ([
        [{ ok: false, report }, /fails now.*kept runs stay/],
        [{ ok: false, report: null }, /Seed 1 \(as it is\) .* left no report/],
      ])) {
        const folder = temporaryFolder("calibration-broken");
        const how = { profile: "quick", seeds: 1, command: "", folder, machine };
        await calibrate(lesson, {
          ...how,
          run: async (_, { seed }) => ({ seed, ok: true, report }),
        });
        const file = calibrationFile("11-a", "quick", folder);
        const kept = readFileSync(file, "utf8");
        const fails = async (_, { seed }) => ({ seed, ...broken });
        await assert.rejects(calibrate(changed, { ...how, run: fails }), message);
        assert.equal(readFileSync(file, "utf8"), kept);
      }
    });

    test("is begun anew where an outcome or a twin is another, or new", async () => {
      for (const after of [
        { x: { figure: 0.5000001, ...outcome } },
        { x: { figure: 0.5, ...outcome, twin: 3.1 } },
        { x: { figure: 0.5, ...outcome }, y: { figure: 1, ...outcome } },
      ]) {
        const { made } = await calibrateTwice(after);
        assert.deepEqual(made, settings);
      }
    });
  });

  test("takes settings that differ from what the processor does by itself", () => {
    const names = (machine) => Object.keys(calibrationSettings(machine));
    assert.deepEqual(
      names({ oneDNN: "v3", oneDNNInstructions: "Intel AVX-512 with VNNI", oneDNNKernels: "yes" }),
      ["as it is", "ONEDNN_MAX_CPU_ISA=AVX2", "TF_ENABLE_ONEDNN_OPTS=0"],
    );
    assert.deepEqual(
      names({ oneDNN: "v3", oneDNNInstructions: "Intel AVX2", oneDNNKernels: "no" }),
      ["as it is", "ONEDNN_MAX_CPU_ISA=AVX", "TF_ENABLE_ONEDNN_OPTS=1"],
    );
    assert.throws(() => calibrationSettings({ oneDNN: "not used" }), /needs the native TensorFlow/);
  });
});
