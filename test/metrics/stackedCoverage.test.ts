import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, stackedCoverage, tf } from "gan-lib";
import type { Rows } from "gan-lib";

/** Rows over three classes whose most probable class is given. */
function samplesOf(...classes: number[]): Rows {
  return {
    data: classes.flatMap((c) => [0, 1, 2].map((k) => (k === c ? 0.5 : 0.25))),
    shape: [classes.length, 3],
  };
}

before(ready);

test("a mode is the classes of all channels, the first one the highest digit; one sample covers it", () => {
  const seen = stackedCoverage([samplesOf(2, 0, 2, 1), samplesOf(1, 0, 1, 2)]); // modes 7, 0, 7, 5 of 9
  assert.deepEqual([seen.covered, seen.modes], [3, 9]);
  assert.deepEqual(seen.counts, [1, 0, 0, 0, 0, 1, 0, 2, 0]);
  const wanted = 2 * 0.25 * Math.log(0.25 * 9) + 0.5 * Math.log(0.5 * 9);
  assert.ok(Math.abs(seen.klToUniform - wanted) < 1e-12);
});

test("equal shares have divergence 0, a single mode log K^c", () => {
  const all = [0, 0, 0, 1, 1, 1, 2, 2, 2];
  const even = stackedCoverage([samplesOf(...all), samplesOf(...all.map((_, i) => i % 3))]);
  assert.equal(even.covered, 9);
  assert.ok(Math.abs(even.klToUniform) < 1e-12);
  const one = stackedCoverage([samplesOf(1, 1), samplesOf(2, 2), samplesOf(0, 0)]);
  assert.deepEqual([one.covered, one.modes], [1, 27]);
  assert.ok(Math.abs(one.klToUniform - Math.log(27)) < 1e-12);
});

test("a tensor gives the same as plain rows, and is not disposed", () => {
  const rows = samplesOf(0, 2);
  const tensor = tf.tensor2d(Float32Array.from(rows.data), [2, 3]);
  assert.deepEqual(stackedCoverage([tensor, tensor]), stackedCoverage([rows, rows]));
  assert.equal(tensor.isDisposed, false);
  tensor.dispose();
});

test("no channel, channels of different sizes and what is no distribution are refused", () => {
  assert.throws(
    () => stackedCoverage([]),
    /one set of probabilities \[N, K\] a channel is wanted, all of one shape, got none/,
  );
  assert.throws(
    () => stackedCoverage([samplesOf(0, 1), samplesOf(0)]),
    /got \[2, 3\] and \[1, 3\]/,
  );
  assert.throws(
    () => stackedCoverage([{ data: [3, -1], shape: [1, 2] }]),
    /row 0 of the probabilities is not a distribution/,
  );
});
