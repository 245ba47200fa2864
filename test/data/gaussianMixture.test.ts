import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  gaussianGrid,
  gaussianRing,
  mixtureBatches,
  ready,
  sampleMixture,
  tf,
} from "gan-lib";

before(ready);

test("the ring has 8 distinct means on the unit circle, the first at angle 0", () => {
  const { centres } = gaussianRing();
  assert.equal(new Set(centres.map(([x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}`)).size, 8);
  assert.ok(centres.every(([x, y]) => Math.abs(Math.hypot(x, y) - 1) < 1e-12));
  assert.deepEqual(centres[0], [1, 0]);
  assert.ok(Math.hypot((centres[2]?.[0] ?? NaN) - 0, (centres[2]?.[1] ?? NaN) - 1) < 1e-12);
});

test("the grid is {-4, -2, 0, 2, 4} squared", () => {
  const { centres, sigma } = gaussianGrid();
  assert.equal(centres.length, 25);
  assert.deepEqual([...new Set(centres.map(([x]) => x))], [-4, -2, 0, 2, 4]);
  assert.deepEqual(centres.slice(0, 2), [
    [-4, -4],
    [-4, -2],
  ]);
  assert.equal(sigma, 0.05);
});

test("samples have the mixture's mean and spread, each mode alike", () => {
  const points = sampleMixture(
    gaussianRing({ modes: 2, radius: 3, sigma: 0.5 }),
    40_000,
    createRandom(4),
  );
  const [xs, ys] = tf.unstack(points, 1).map((axis) => [...axis.dataSync()]) as [
    number[],
    number[],
  ];
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  assert.ok(Math.abs(mean(xs)) < 0.06, String(mean(xs))); // 4 standard errors of 3.04 / 200
  assert.ok(Math.abs(mean(xs.map((x) => (Math.abs(x) - 3) ** 2)) - 0.25) < 0.01);
  assert.ok(Math.abs(mean(ys.map((y) => y * y)) - 0.25) < 0.01);
});

test("batches are fresh, and the same for the same stream", () => {
  const take = (seed: number): number[][] => {
    const batches = mixtureBatches(gaussianGrid(), { batchSize: 3, random: createRandom(seed) });
    return [1, 2].map(() => [...batches.next().value.images.dataSync()]);
  };
  const [first, second] = take(1);
  assert.notDeepEqual(first, second);
  assert.deepEqual(take(1), [first, second]);
});

test("counts that make no sense are refused", () => {
  assert.throws(
    () => gaussianRing({ modes: 0 }),
    /gaussianRing: modes must be a whole number of at least 1, got 0/,
  );
  assert.throws(() => gaussianGrid({ side: 1.5 }), /gaussianGrid: side.*got 1.5/);
  assert.throws(
    () => sampleMixture(gaussianRing(), 0, createRandom(1)),
    /count must be a whole number of at least 1, got 0/,
  );
});
