import assert from "node:assert/strict";
import { before, test } from "node:test";
import { pack, ready, tf } from "gan-lib";
import { assertDerivatives } from "./finiteDifferences";
import { normalValues } from "./samples";

before(ready);

test("pack i holds samples i, N + i, 2 N + i, side by side", () => {
  const samples = tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
    [9, 10],
    [11, 12],
  ]);
  assert.deepEqual(pack(samples, 3).arraySync(), [
    [1, 2, 5, 6, 9, 10],
    [3, 4, 7, 8, 11, 12],
  ]);
});

test("images are packed by their channels; packs of one are the samples", () => {
  assert.deepEqual(pack(tf.zeros([4, 5, 3, 1]), 2).shape, [2, 5, 3, 2]);
  assert.deepEqual(pack(tf.tensor2d([[1], [2]]), 1).arraySync(), [[1], [2]]);
});

test("derivatives pass through at both orders", () =>
  assertDerivatives((x) => pack(x, 2), normalValues([4, 3])));

test("what cannot be packed is refused", () => {
  assert.throws(() => pack(tf.zeros([5, 2]), 2), /multiple of 2 samples are wanted, got \[5, 2\]/);
  assert.throws(() => pack(tf.zeros([4]), 2), /\[m N, ..., channels\].* got \[4\]/);
  assert.throws(() => pack(tf.zeros([4, 2]), 0), /whole number of at least 1, got 0/);
});
