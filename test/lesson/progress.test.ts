import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace, Speed } from "gan-lib/dist/lesson/pace";
import { progressBar } from "gan-lib/dist/lesson/progress";
import { sayDuration } from "gan-lib/dist/backend/duration";
import { sayError } from "gan-lib/dist/lesson/words";
import { captureKernel, textOf } from "./capture";

test("durations are said as a person says them", () => {
  const said = [0.0421, 3.14, 12.34, 59.97, 125, 3599.6, 3720].map(sayDuration);
  assert.deepEqual(said, [
    "0.042 s",
    "3.1 s",
    "12.3 s",
    "1 min 0 s",
    "2 min 5 s",
    "1 h 0 min",
    "1 h 2 min",
  ]);
});

test("anything thrown is said in one line", () => {
  assert.equal(sayError(new RangeError("too far")), "RangeError: too far");
  assert.equal(sayError({ code: 3 }), "{ code: 3 }");
});

test("redrawing waits for the interval, and longer after a slow draw", async () => {
  let now = 0;
  const pace = new Pace(100, 50, () => now);
  const drawFor = (ms: number) =>
    pace.run(async () => {
      now += ms;
    });
  assert.equal(pace.due(), false);
  now = 50;
  assert.equal(pace.due(), true);
  await drawFor(5);
  now = 154;
  assert.equal(pace.due(), false);
  now = 155;
  assert.equal(pace.due(), true);
  await drawFor(200); // 9 parts of waiting for 1 part of drawing
  now = 355 + 1799;
  assert.equal(pace.due(), false);
  assert.equal(pace.due(true), true); // but what is late waits for the interval alone
  now = 355 + 1800;
  assert.equal(pace.due(), true);
});

test("the bar shows what is done, its speed and what is left, and redraws in place but not each time", async (t) => {
  const published = captureKernel(t);
  let now = 0;
  const bar = progressBar({ total: 400, label: "Training <G>", clock: () => now });
  await bar.update(0);
  now = 100;
  await bar.update(1);
  now = 10_000;
  await bar.update(100, "loss 0.7");
  now = 40_000;
  await bar.end();
  assert.deepEqual(published.map(textOf), [
    "Training <G>: 0 of 400 steps",
    "Training <G>: 100 of 400 steps, 10 steps/s, about 30.0 s left; loss 0.7",
    "Training <G>: 400 of 400 steps in 40.0 s",
  ]);
  assert.deepEqual(
    published.map(({ update }) => update),
    [false, true, true],
  );
  const html = String(published[1]?.data["text/html"]);
  assert.match(html, /<progress value="100" max="400" aria-label="Training &lt;G&gt;"/);
  assert.doesNotMatch(html, /<G>/);
});

test("a bar that ends early says so, with the error where there is one", async (t) => {
  const published = captureKernel(t);
  let now = 0;
  const bar = progressBar({ total: 10, label: "Reading", unit: "files", clock: () => now });
  now = 2000;
  await bar.end(3);
  await bar.end(4, new Error("disk full"));
  await bar.end(10, new Error("too late"));
  assert.deepEqual(published.map(textOf), [
    "Reading: stopped after 3 of 10 files in 2 s",
    "Reading: stopped after 4 of 10 files in 2 s; Error: disk full",
    "Reading: stopped after 10 of 10 files in 2 s; Error: too late",
  ]);
});

test("counts that make no sense are refused", async () => {
  assert.throws(
    () => progressBar({ total: 0, label: "x" }),
    /total must be a whole number of at least 1, got 0/,
  );
  await assert.rejects(
    progressBar({ total: 2, label: "x" }).update(3),
    /between 0 and the total of 2, got 3/,
  );
  await assert.rejects(progressBar({ total: 2, label: "x" }).update(NaN), /got NaN/);
});

test("the first draw loads what draws, and its time does not hold up the second", async () => {
  let now = 0;
  const pace = new Pace(100, 0, () => now);
  await pace.run(async () => {
    now += 5000;
  });
  now = 5099;
  assert.equal(pace.due(), false);
  now = 5100;
  assert.equal(pace.due(), true);
});

test("the speed is that of late: slow first steps are forgotten, and nothing is said at once", () => {
  let now = 0;
  const speed = new Speed(1000, () => now);
  assert.equal(speed.perSecond(0), undefined);
  for (const done of [1, 2, 3]) {
    now += 4000; // steps that are traced
    speed.note(done);
  }
  assert.equal(speed.perSecond(3), undefined);
  for (let done = 4; done <= 104; done++) {
    now += 20;
    speed.note(done);
  }
  assert.ok(Math.abs((speed.perSecond(104) ?? 0) - 50) < 1, `${speed.perSecond(104)}`);
  for (let done = 105; done <= 400; done++) {
    now += 100;
    speed.note(done);
  }
  assert.ok(Math.abs((speed.perSecond(400) ?? 0) - 10) < 0.1, `${speed.perSecond(400)}`);
});

test("a part of the work has a bar and numbers of its own, and counts for what is left", async (t) => {
  const published = captureKernel(t);
  let now = 0;
  const bar = progressBar({ total: 4, label: "Rates", unit: "runs", clock: () => now });
  await bar.update(0);
  now = 10_000;
  await bar.update(1);
  now = 15_000;
  await bar.updatePart({ done: 50, total: 100 });
  assert.equal(
    textOf(published.at(-1)),
    "Rates: 1 of 4 runs (50 of 100 steps), 0.1 runs/s, about 25.0 s left",
  );
  const html = String(published.at(-1)?.data["text/html"]);
  assert.match(html, /value="1.5" max="4" aria-label="Rates"/);
  assert.match(html, /value="50" max="100" aria-label="Rates, this one"/);
  now = 40_000;
  await bar.end();
  assert.equal(textOf(published.at(-1)), "Rates: 4 of 4 runs in 40.0 s");
  await assert.rejects(bar.updatePart({ done: 1, total: 2 }), /while units are left/);
  await assert.rejects(bar.updatePart({ done: 1, total: 0 }), /at least 1, got 0/);
});
