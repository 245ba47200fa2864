import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { openLesson, type LessonOptions } from "gan-lib/dist/lesson/lesson";
import { expectOutcome, OutcomeError } from "gan-lib/dist/lesson/outcome";
import { report } from "gan-lib/dist/lesson/report";
import { captureKernel, captureOutput, setEnvironment, textOf } from "./capture";

interface WrittenReport {
  readonly lesson: string;
  readonly profile: string;
  readonly seed: number;
  readonly backend: string;
  readonly device: string;
  readonly figures: Readonly<Record<string, number | null>>;
  readonly units: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<string, unknown>>;
  readonly cpuSeconds: number;
  readonly maxRssMB: number;
  readonly finished: boolean;
}

const UNSET = {
  LESSON_PROFILE: undefined,
  LESSON_SEED: undefined,
  LESSON_REPORT: undefined,
  GAN_LENIENT: undefined,
};

/** Sends the report to a folder that goes with the test. */
function reportTo(t: TestContext): { folder: string; read: () => WrittenReport } {
  const folder = mkdtempSync(path.join(tmpdir(), "lesson-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "report.json");
  setEnvironment(t, { ...UNSET, LESSON_REPORT: file });
  return { folder, read: () => JSON.parse(readFileSync(file, "utf8")) as WrittenReport };
}

/** Opens a lesson with the environment that the test says, quietly. */
async function openQuietly(
  t: TestContext,
  options?: LessonOptions,
): Promise<{ printed: () => string }> {
  const printed = captureOutput(t);
  await openLesson("11-vanilla-gan", options);
  return { printed };
}

test("without an open lesson a figure has nowhere to go", () => {
  assert.throws(() => report("modes", 10), /No lesson is open: call `await gan\.openLesson/);
  assert.throws(() => expectOutcome("modes", 10, { atLeast: 9 }), /No lesson is open/);
});

test("a lesson opens with the standard profile and seed 1, and says so in one line", async (t) => {
  setEnvironment(t, UNSET);
  const printed = captureOutput(t);
  const lesson = await openLesson("11-vanilla-gan");
  assert.deepEqual([lesson.lesson, lesson.profile, lesson.seed], ["11-vanilla-gan", "standard", 1]);
  assert.equal(lesson.pick({ quick: "a", standard: "b", full: "c" }), "b");
  assert.match(
    printed(),
    /^Lesson 11-vanilla-gan: profile standard, seed 1, (TensorFlow|WebAssembly) on (CPU, \d+ cores|GPU)\n$/,
  );
});

test("the environment goes before what the notebook asks for", async (t) => {
  setEnvironment(t, { ...UNSET, LESSON_PROFILE: "quick", LESSON_SEED: "42" });
  captureOutput(t);
  const lesson = await openLesson("11-vanilla-gan", { profile: "full", seed: 7 });
  assert.deepEqual(
    [lesson.profile, lesson.seed, lesson.pick({ quick: 1, standard: 2, full: 3 })],
    ["quick", 42, 1],
  );
  setEnvironment(t, UNSET);
  const asked = await openLesson("11-vanilla-gan", { profile: "full", seed: 7 });
  assert.deepEqual([asked.profile, asked.seed], ["full", 7]);
});

test("a profile or a seed that makes no sense is refused with what is possible", async (t) => {
  setEnvironment(t, { ...UNSET, LESSON_PROFILE: "fast" });
  await assert.rejects(
    openLesson("x"),
    /LESSON_PROFILE must be one of quick, standard, full; got "fast"/,
  );
  setEnvironment(t, { LESSON_PROFILE: undefined, LESSON_SEED: "one" });
  await assert.rejects(openLesson("x"), /whole number of at least 0; got "one"/);
  setEnvironment(t, { LESSON_SEED: undefined });
  await assert.rejects(openLesson("x", { seed: 1.5 }), /got "1\.5"/);
  await assert.rejects(openLesson("x", { seed: -1 }), /got "-1"/);
  await assert.rejects(
    openLesson("x", { profile: "slow" as "quick" }),
    /The option `profile` must be one of quick, standard, full; got "slow"/,
  );
});

test("each figure is printed and written to the report at once, beside nothing half-written", async (t) => {
  const { folder, read } = reportTo(t);
  const { printed } = await openQuietly(t, { profile: "quick", seed: 3 });
  assert.deepEqual(read().figures, {});
  report("classes covered", 10);
  assert.deepEqual(read().figures, { "classes covered": 10 });
  report("time", 1.23456, { unit: "s" });
  report("classes covered", 9);
  const written = read();
  assert.deepEqual(written.figures, { "classes covered": 9, time: 1.23456 });
  assert.deepEqual(written.units, { time: "s" });
  assert.deepEqual(
    [written.lesson, written.profile, written.seed, written.finished],
    ["11-vanilla-gan", "quick", 3, false],
  );
  assert.match(written.backend, /^(tensorflow|wasm)$/);
  const { user, system } = process.cpuUsage();
  const used = (user + system) / 1e6;
  assert.ok(
    written.cpuSeconds > used / 10 && written.cpuSeconds <= used,
    `${written.cpuSeconds} s of ${used} s`,
  );
  assert.ok(written.maxRssMB > 30 && written.maxRssMB < 100_000, `${written.maxRssMB} MB`);
  assert.match(printed(), /classes covered: 10\ntime: 1\.235 s\nclasses covered: 9\n$/);
  assert.deepEqual(readdirSync(folder), ["report.json"]);
});

test("the end of a lesson shows its figures in a table and finishes the report", async (t) => {
  const { read } = reportTo(t);
  const published = captureKernel(t);
  captureOutput(t);
  const lesson = await openLesson("10-<x>", { profile: "quick" });
  report("a & b", 0.5, { unit: "%" });
  await lesson.end();
  assert.match(
    String(published[0]?.data["text/html"]),
    /Lesson 10-&lt;x&gt;, profile quick, seed 1.*<td[^>]*>a &amp; b<\/td><td[^>]*>0\.5 %<\/td>/,
  );
  assert.equal(textOf(published[0]), "Lesson 10-<x>, profile quick, seed 1\na & b: 0.5 %");
  assert.equal(read().finished, true);
});

test("opening a lesson again forgets the figures of the last run", async (t) => {
  const { read } = reportTo(t);
  await openQuietly(t);
  report("modes", 3);
  await openLesson("11-vanilla-gan");
  assert.deepEqual(read().figures, {});
});

test("an outcome that is met is recorded and ticked", async (t) => {
  const { read } = reportTo(t);
  const { printed } = await openQuietly(t);
  expectOutcome("accuracy", 98.6, { atLeast: 98.5, atMost: 100, unit: "%" });
  assert.match(printed(), /✓ accuracy is 98\.6 % \(at least 98\.5 % and at most 100 %\)\n$/);
  assert.deepEqual(read().figures, { accuracy: 98.6 });
});

test("limits are said with as many digits as tell them from each other and from the value", async (t) => {
  setEnvironment(t, UNSET);
  const { printed } = await openQuietly(t);
  expectOutcome("slope", 12, { atLeast: 11.999, atMost: 12.001 });
  assert.match(printed(), /✓ slope is 12 \(at least 11\.999 and at most 12\.001\)\n$/);
  expectOutcome("gap", 0.3333333, { atMost: 0.5 });
  assert.match(printed(), /✓ gap is 0\.3333 \(at most 0\.5\)\n$/);
});

test("an outcome that is missed names everything, and its figure is recorded all the same", async (t) => {
  const { read } = reportTo(t);
  await openQuietly(t, { profile: "quick", seed: 5 });
  const missed = (): void =>
    expectOutcome("classes covered", 7, { atLeast: 9, hint: "Train longer." });
  assert.throws(missed, (error) => {
    assert.ok(error instanceof OutcomeError);
    assert.equal(error.name, "OutcomeError");
    assert.equal(
      error.message,
      "classes covered is 7, expected at least 9 (lesson 11-vanilla-gan, profile quick, seed 5). Train longer.",
    );
    return true;
  });
  assert.deepEqual(read().figures, { "classes covered": 7 });
});

test("each kind of threshold is met up to its edge and missed beyond it", async (t) => {
  setEnvironment(t, UNSET);
  await openQuietly(t);
  for (const met of [{ atLeast: 2 }, { atMost: 2 }, { above: 1.99 }, { below: 2.01 }])
    expectOutcome("x", 2, met);
  for (const missed of [
    { atLeast: 2.01 },
    { atMost: 1.99 },
    { above: 2 },
    { below: 2 },
    { atLeast: 1, atMost: 1.5 },
  ]) {
    assert.throws(() => expectOutcome("x", 2, missed), OutcomeError, JSON.stringify(missed));
  }
});

test("NaN misses every threshold and is null in the report", async (t) => {
  const { read } = reportTo(t);
  await openQuietly(t);
  for (const limit of [{ atLeast: -1e9 }, { atMost: 1e9 }, { above: -1e9 }, { below: 1e9 }]) {
    assert.throws(() => expectOutcome("x", NaN, limit), OutcomeError, JSON.stringify(limit));
  }
  assert.throws(() => expectOutcome("x", NaN, { atMost: 1 }), /x is NaN, expected at most 1/);
  assert.deepEqual(read().figures, { x: null });
});

test("a threshold may differ by profile", async (t) => {
  setEnvironment(t, UNSET);
  await openQuietly(t, { profile: "quick" });
  const thresholds = { quick: 5, standard: 9, full: 10 };
  expectOutcome("classes", 6, { atLeast: thresholds });
  await openLesson("11-vanilla-gan", { profile: "standard" });
  assert.throws(
    () => expectOutcome("classes", 6, { atLeast: thresholds }),
    /expected at least 9 .*profile standard/,
  );
});

test("an expectation without a threshold, or with one that is no number, would check nothing and is refused", async (t) => {
  setEnvironment(t, UNSET);
  await openQuietly(t);
  assert.throws(() => expectOutcome("x", 1, {}), /x needs a threshold/);
  assert.throws(
    () => expectOutcome("x", 1, { atLeast: NaN }),
    /threshold atLeast of x must be a number/,
  );
});

test("the report says what each outcome is held to in the profile that runs, and its twin", async (t) => {
  const { read } = reportTo(t);
  await openQuietly(t, { profile: "quick" });
  expectOutcome("classes", 9, {
    atLeast: { quick: 6, standard: 10, full: 10 },
    below: 11,
    twin: 3,
    skewed: true,
  });
  expectOutcome("gap", 0.01, { atMost: 0.1 });
  report("seen", 5);
  assert.deepEqual(read().outcomes, {
    classes: { limits: { atLeast: 6, below: 11 }, twin: 3, skewed: true },
    gap: { limits: { atMost: 0.1 }, skewed: false },
  });
  report("gap", 3);
  assert.deepEqual(Object.keys(read().outcomes), ["classes"], "a plain figure is held to nothing");
});

test("a twin that meets the thresholds is an error: they would say nothing", async (t) => {
  setEnvironment(t, UNSET);
  const { printed } = await openQuietly(t, { profile: "quick", seed: 2 });
  expectOutcome("classes", 9, { atLeast: 8, twin: 7 });
  assert.match(printed(), /✓ classes is 9 \(at least 8; broken twin: 7\)\n$/);
  assert.throws(
    () => expectOutcome("classes", 9, { atLeast: 8, twin: 8, unit: "of 10" }),
    /OutcomeError: classes: the broken twin is expected to miss at least 8 of 10, and has 8 of 10 \(lesson 11-vanilla-gan, profile quick, seed 2\)/,
  );
});

test("a learner sees a missed outcome in amber, with what was expected, and goes on", async (t) => {
  const { read } = reportTo(t);
  setEnvironment(t, { GAN_LENIENT: "1" });
  await openQuietly(t, { profile: "quick" });
  const published = captureKernel(t);
  expectOutcome("a < b", 7, { atLeast: 9, hint: "Train longer." });
  expectOutcome("NaN", NaN, { atLeast: 9 });
  assert.match(
    String(published[0]?.data["text/html"]),
    /^<p style="[^"]*#e69f00[^"]*">△ Not as expected: a &lt; b is 7, expected at least 9 .*Train longer\./,
  );
  assert.match(textOf(published[1]), /NaN is NaN, expected at least 9/);
  assert.deepEqual(read().figures, { "a < b": 7, NaN: null });
  assert.throws(() => expectOutcome("x", 1, {}), /needs a threshold/, "misuse is an error still");
});

test("only GAN_LENIENT=1 is lenient", async (t) => {
  setEnvironment(t, { ...UNSET, GAN_LENIENT: "0" });
  await openQuietly(t);
  assert.throws(() => expectOutcome("x", 7, { atLeast: 9 }), OutcomeError);
});
