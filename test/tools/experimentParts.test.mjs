/** The parts of `npm run experiment` that can be tried without running a cell. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { experimentPlan, experimentResults } from "gan-lib";
import { summarizeRows } from "gan-lib/dist/experiments/summary.js";
import pl from "nodejs-polars";
import { chartOf, formatTable, writeTable } from "../../tools/experiment/collect.mjs";
import { addRun, keepResults } from "../../tools/experiment/keep.mjs";
import { readOptions, threadsOf } from "../../tools/experiment/options.mjs";
import { findPlan } from "../../tools/experiment/plans.mjs";
import { createLines, Progress } from "../../tools/experiment/progress.mjs";
import { temporaryFolder } from "./temporary.mjs";

const plan = experimentPlan("dirac-gan");

describe("the command line", () => {
  test("narrows settings by their names, and has numbers", () => {
    const options = readOptions(plan, [
      "--updates",
      "alternating",
      "--penalty",
      "none,zero-centred",
      "--seeds",
      "3",
      "--keep",
    ]);
    assert.deepEqual(options.choice, {
      narrowed: { updates: ["alternating"], penalty: ["none", "zero-centred"] },
      seeds: 3,
      steps: undefined,
    });
    assert.deepEqual([options.jobs, options.keep, options.folder], [2, true, undefined]);
  });

  test("refuses what it does not know or cannot count", () => {
    assert.throws(
      () => readOptions(plan, ["--pack", "1"]),
      /--pack[^]*--updates simultaneous,alternating\n {2}--penalty none,zero-centred\nOther options: --seeds, --steps, --jobs/,
    );
    for (const wrong of ["0", "1.5", "many", "-1"])
      assert.throws(
        () => readOptions(plan, [`--seeds=${wrong}`]),
        new RegExp(`--seeds is "${wrong}"; give a whole number`),
      );
  });

  test("divides the cores among the jobs", () => {
    assert.deepEqual(threadsOf(2, 8), {
      OMP_NUM_THREADS: "4",
      TF_NUM_INTRAOP_THREADS: "4",
      TF_NUM_INTEROP_THREADS: "4",
    });
    assert.deepEqual(
      [threadsOf(2, 5), threadsOf(3, 2)].map((threads) => threads.OMP_NUM_THREADS),
      ["2", "1"],
    );
  });

  test("takes a plan's file, which must export a plan", async () => {
    const file = path.join(temporaryFolder("experiment-plans"), "empty.mjs");
    writeFileSync(file, "export const other = 1;\n");
    await assert.rejects(findPlan(file), /empty\.mjs exports no plan/);
  });
});

describe("progress", () => {
  /** Progress over cells of 100 steps, and a clock to set. */
  function begun(cells, finished) {
    const time = { now: 0 };
    return { time, progress: new Progress({ cells, finished, steps: 100 }, () => time.now) };
  }

  test("says nothing of the time before the first step, then what is left by the steps so far", () => {
    const { time, progress } = begun(4, 1);
    progress.started("a");
    assert.equal(progress.say(), "1 of 4 cells done");
    progress.stepped("a", 1);
    time.now = 50_000;
    progress.stepped("a", 50);
    assert.equal(progress.say(), "1 of 4 cells done, about 4 min 10 s left"); // 250 steps of a second each
    progress.ended("a", false);
    time.now = 100_000;
    assert.equal(progress.say(), "2 of 4 cells done, about 3 min 20 s left");
  });

  test("counts only the steps taken now of a cell that went on from a checkpoint", () => {
    const { time, progress } = begun(1, 0);
    progress.started("a");
    progress.stepped("a", 81);
    time.now = 10_000;
    progress.stepped("a", 90);
    assert.equal(progress.say(), "0 of 1 cells done, about 10 s left");
  });

  test("counts a cell that never told of a step when it ends, and not the steps of one that failed", () => {
    const { time, progress } = begun(3, 0);
    for (const key of ["a", "b"]) progress.started(key);
    time.now = 20_000;
    progress.ended("a", false);
    progress.ended("b", true);
    assert.equal(progress.say(), "2 of 3 cells done, about 20 s left");
    progress.started("c");
    progress.ended("c", false);
    assert.equal(progress.say(), "3 of 3 cells done");
  });

  test("has plain lines where there is no terminal or CI is set, and a moving line on one", () => {
    const said = (out, env, text = "1 of 2 cells done") => {
      const written = [];
      const lines = createLines(() => text, { ...out, write: (text) => written.push(text) }, env);
      lines.line("✓ a");
      lines.end();
      return written.join("");
    };
    assert.equal(said({}, {}), "✓ a\n");
    assert.equal(said({ isTTY: true }, { CI: "1" }), "✓ a\n");
    assert.equal(said({ isTTY: true, columns: 11 }, {}), "\r\x1b[K✓ a\n\r\x1b[K1 of 2 cel\r\x1b[K");
    // A terminal that does not know its width says 0.
    assert.equal(
      said({ isTTY: true, columns: 0 }, {}, "1 of 2"),
      "\r\x1b[K✓ a\n\r\x1b[K1 of 2\r\x1b[K",
    );
  });
});

/** A finished cell of the plan. */
function result(penalty, seed, { steps = 200, distance = seed } = {}) {
  const settings = { updates: "alternating", penalty };
  return {
    plan: plan.name,
    version: 1,
    settings,
    seed,
    steps,
    data: {},
    device: "TensorFlow on CPU",
    figures: { distance, farthest: 2 },
    cpuSeconds: 1,
  };
}

describe("the table", () => {
  test("keeps types, and has a gap where a figure was not finite", () => {
    const file = path.join(temporaryFolder("experiment-table"), "deep", "table.parquet");
    const mixed = { ...plan, settings: { updates: ["alternating"], penalty: ["none", 1] } };
    writeTable(mixed, [result("none", 1), result(1, 2, { distance: null })], file);
    const table = pl.readParquet(file);
    assert.deepEqual(table.columns, [
      "updates",
      "penalty",
      "seed",
      "steps",
      "distance",
      "farthest",
      "cpuSeconds",
    ]);
    assert.deepEqual(
      table
        .rows()
        .map((row) => row.map((cell) => (typeof cell === "bigint" ? Number(cell) : cell))),
      [
        ["alternating", "none", 1, 200, 1, 2, 1],
        ["alternating", "1", 2, 200, null, 2, 1],
      ],
    );
  });

  test("is printed in aligned columns", () => {
    assert.equal(
      formatTable([
        { packing: 1, modes: "5 ± 1" },
        { packing: 10, modes: "" },
      ]),
      "packing  modes\n1        5 ± 1\n10",
    );
  });
});

describe("the chart", () => {
  const published = [
    {
      source: "a paper",
      settings: { penalty: "none", updates: "alternating" },
      figures: { distance: { mean: 3, standardError: 0.5 } },
    },
  ];
  const panelsOf = (cells) =>
    chartOf({ ...plan, published }, cells, summarizeRows(cells))?.vconcat.map(({ data }) =>
      data.values.map(({ series, low, mean, high }) => [series, low, mean, high]),
    );

  test("has a panel a figure, our interval of one standard error, and the paper's", () => {
    assert.deepEqual(panelsOf([result("none", 1), result("none", 3)]), [
      [
        ["ours", 1, 2, 3],
        ["a paper", 2.5, 3, 3.5],
      ],
      [["ours", 2, 2, 2]],
    ]);
  });

  test("leaves out what is not finite, and is none where nothing is", () => {
    const broken = { ...result("zero-centred", 1), figures: { distance: null, farthest: null } };
    assert.deepEqual(panelsOf([{ ...broken, figures: { distance: null, farthest: 2 } }]), [
      [["ours", 2, 2, 2]],
    ]);
    assert.equal(panelsOf([broken]), undefined);
  });

  test("is the plan's own where it draws one", () => {
    const drawn = {};
    assert.equal(
      chartOf({ ...plan, draw: (rows) => Object.assign(drawn, { rows }) }, [1, 2], []),
      drawn,
    );
    assert.deepEqual(drawn.rows, [1, 2]);
  });
});

describe("results that are kept", () => {
  const folder = temporaryFolder("experiment-kept");
  const keep = (results, command) => keepResults(plan, results, { command, folder });
  const read = () => JSON.parse(readFileSync(path.join(folder, "dirac-gan.json"), "utf8"));

  test("are extended by new seeds, each run with its own command, and read by a lesson", () => {
    keep([result("none", 1)], "first");
    keep([result("none", 1), result("none", 2)], "second");
    assert.deepEqual(
      read().runs.map(({ command, rows }) => [command, rows.map(({ seed }) => seed)]),
      [
        ["first", [1]],
        ["second", [2]],
      ],
    );
    const { rows, summary, runs } = experimentResults("dirac-gan", { folder });
    assert.deepEqual(
      rows.map(({ seed }) => seed),
      [1, 2],
    );
    assert.deepEqual(summary[0].figures.distance, { mean: 1.5, standardError: 0.5, count: 2 });
    assert.ok(
      runs[0].machine.cores >= 1 &&
        runs[0].versions.node === process.version &&
        runs[0].device === "TensorFlow on CPU",
    );
  });

  test("with other steps are kept apart", () => {
    keep([result("none", 1, { steps: 50 })], "short");
    assert.deepEqual(experimentResults("dirac-gan", { folder, steps: 50 }).rows.length, 1);
    assert.deepEqual(experimentResults("dirac-gan", { folder, steps: 200 }).rows.length, 2);
  });

  test("of another version of the plan are dropped", () => {
    keepResults({ ...plan, version: 2 }, [result("none", 5)], { command: "new", folder });
    assert.deepEqual(
      read().runs.map(({ command }) => command),
      ["new"],
    );
  });

  test("that were measured anew take the place of the old ones; a run without rows goes", () => {
    const run = (command, seeds, distance) => ({
      command,
      steps: 200,
      rows: seeds.map((seed) => result("none", seed, { distance })),
    });
    const summed = (runs) =>
      runs.map(({ command, rows }) => [
        command,
        rows.map(({ seed, figures }) => [seed, figures.distance]),
      ]);
    assert.deepEqual(summed(addRun([run("old", [1, 2], 7)], run("new", [2], 8))), [
      ["old", [[1, 7]]],
      ["new", [[2, 8]]],
    ]);
    assert.deepEqual(summed(addRun([run("old", [1], 7)], run("new", [1], 8))), [["new", [[1, 8]]]]);
    assert.deepEqual(summed(addRun([run("old", [1], 7)], run("new", [1], 7))), [["old", [[1, 7]]]]);
  });

  test("are not mixed with those of another size of the data", () => {
    assert.throws(
      () =>
        keepResults({ ...plan, version: 2 }, [{ ...result("none", 1), data: { mnist: "full" } }], {
          command: "full",
          folder,
        }),
      /dirac-gan\.json was measured on \{\}, these results on \{"mnist":"full"\}: remove the file/,
    );
  });
});
