import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatFigures,
  keptNumber,
  sayMeasured,
  spread,
  summarize,
} from "../../tools/run/figures.mjs";

test("mean, sample standard deviation, smallest and largest", () => {
  assert.deepEqual(spread([2, 4, 4, 4, 5, 5, 7, 9]), {
    mean: 5,
    sd: Math.sqrt(32 / 7),
    min: 2,
    max: 9,
    values: [2, 4, 4, 4, 5, 5, 7, 9],
  });
});

test("equal values have no spread, however their sum is rounded", () => {
  assert.equal(spread(Array(15).fill(15.01)).sd, 0);
  assert.equal(spread(Array(15).fill(15.01)).mean, 15.01);
});

test("one value has no spread", () => {
  assert.deepEqual(spread([3]), { mean: 3, sd: null, min: 3, max: 3, values: [3] });
});

test("figures are summed up by name; a seed without one leaves a gap, and what is no number is left out", () => {
  const reports = [
    { figures: { classes: 10, loss: 1.5, device: "CPU" } },
    null,
    { figures: { classes: 8, loss: null } },
  ];
  const figures = summarize(reports);
  assert.deepEqual(Object.keys(figures), ["classes", "loss"]);
  assert.deepEqual(figures.classes, {
    mean: 9,
    sd: Math.SQRT2,
    min: 8,
    max: 10,
    values: [10, null, 8],
  });
  assert.deepEqual(figures.loss, {
    mean: 1.5,
    sd: null,
    min: 1.5,
    max: 1.5,
    values: [1.5, null, null],
  });
});

test("the table says how many seeds a figure comes from", () => {
  const table = formatFigures(summarize([{ figures: { classes: 10 } }, null]));
  assert.match(table, /^figure +mean +sd +min +max +seeds\nclasses +10 +- +10 +10 +1\/2$/);
});

test("a number is kept without what rounding brings up", () => {
  assert.deepEqual(
    [100.00000000000007, -1.4500000000000028, 0.656499999999944, 1 / 3, 0].map(keptNumber),
    [100, -1.45, 0.6565, 0.3333333333, 0],
  );
  assert.deepEqual([NaN, Infinity, null, "12", undefined].map(keptNumber), [
    null,
    null,
    null,
    null,
    null,
  ]);
});

test("a figure is written with its spread where there is one", () => {
  assert.equal(sayMeasured({ mean: 0.123456, sd: 0.0456 }), "0.1235 ± 0.046");
  assert.equal(sayMeasured({ mean: 10, sd: null }, "nats"), "10 nats");
});
