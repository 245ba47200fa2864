import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { classCoverage, meanConfidence } from "gan-lib/dist/metrics/classCoverage";
import type { Rows } from "gan-lib/dist/metrics/rows";

/** Rows over three classes whose most probable class is given, with probability 0.6. */
function samplesOf(...classes: number[]): Rows {
  return {
    data: classes.flatMap((c) => [0, 1, 2].map((k) => (k === c ? 0.6 : 0.2))),
    shape: [classes.length, 3],
  };
}

before(ready);

test("each sample counts for its most probable class", () => {
  const { covered, classes, counts } = classCoverage(samplesOf(0, 2, 2, 0, 2));
  assert.deepEqual({ covered, classes, counts }, { covered: 2, classes: 3, counts: [2, 0, 3] });
});

test("a tensor gives the same as plain rows, and is not disposed", () => {
  const rows = samplesOf(0, 1, 2);
  const tensor = tf.tensor2d(Float32Array.from(rows.data), [3, 3]);
  assert.deepEqual(classCoverage(tensor), classCoverage(rows));
  assert.ok(Math.abs(meanConfidence(tensor) - 0.6) < 1e-6);
  assert.equal(tensor.isDisposed, false);
  tensor.dispose();
});

test("a class below the minimum share is not covered, at it it is, and without a sample it never is", () => {
  const rows = samplesOf(...new Array<number>(9).fill(0), 1);
  assert.equal(classCoverage(rows, { minimumShare: 0.1 }).covered, 2);
  assert.equal(classCoverage(rows, { minimumShare: 0.11 }).covered, 1);
  assert.equal(classCoverage(rows, { minimumShare: 0 }).covered, 2);
  assert.throws(
    () => classCoverage(rows, { minimumShare: 2 }),
    /minimumShare must be in \[0, 1\], got 2/,
  );
});

test("the divergence from equal shares is 0 for equal shares and log K for one class", () => {
  assert.ok(Math.abs(classCoverage(samplesOf(0, 1, 2)).klToUniform) < 1e-12);
  assert.ok(Math.abs(classCoverage(samplesOf(1, 1)).klToUniform - Math.log(3)) < 1e-12);
  // Shares 1/2, 1/2, 0 of three classes: log 3 - log 2.
  assert.ok(Math.abs(classCoverage(samplesOf(0, 1)).klToUniform - Math.log(3 / 2)) < 1e-12);
});

test("the mean confidence is the mean of the largest probabilities", () => {
  assert.ok(Math.abs(meanConfidence({ data: [0.7, 0.3, 0.1, 0.9], shape: [2, 2] }) - 0.8) < 1e-12);
});

test("what is not a distribution is an error that names the row", () => {
  const logits: Rows = { data: [0.5, 0.5, 3, -1], shape: [2, 2] };
  for (const metric of [classCoverage, meanConfidence]) {
    assert.throws(
      () => metric(logits),
      /row 1 of the probabilities is not a distribution \(it sums to 2\).*softmax/,
    );
    assert.throws(() => metric({ data: [1.5, -0.5], shape: [1, 2] }), /row 0/);
    assert.throws(
      () => metric({ data: [NaN, 1], shape: [1, 2] }),
      /must be finite, got NaN in row 0/,
    );
    assert.throws(() => metric({ data: [], shape: [0, 2] }), /at least one row/);
    assert.throws(() => metric({ data: [1], shape: [1, 2] }), /must hold 2 numbers, got 1/);
  }
});
