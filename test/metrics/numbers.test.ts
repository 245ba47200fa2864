import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, largestDifference, mean, mlpGenerator, numberOf, ready, tf } from "gan-lib";

before(ready);

test("numberOf reads one value of any shape, and refuses none and several", () => {
  assert.equal(numberOf(tf.scalar(2.5)), 2.5);
  assert.equal(numberOf(tf.tensor3d([[[-1]]])), -1);
  assert.throws(() => numberOf(tf.ones([2, 3])), /got 6 values in the shape \[2, 3\]/);
  assert.throws(() => numberOf(tf.zeros([0])), /got 0 values/);
});

test("mean is the mean of a list or a typed array, and there is none of nothing", () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.equal(mean(Float32Array.of(-1, 1)), 0);
  assert.ok(Number.isNaN(mean([1, NaN])));
  assert.throws(() => mean([]), /at least one number/);
});

test("largestDifference of tensors and lists: the largest of all places, whichever is greater", () => {
  const a = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(largestDifference(a, a.clone()), 0);
  assert.equal(largestDifference(a, tf.add(a, tf.tensor1d([0.25, -0.5]))), 0.5);
  assert.equal(largestDifference([a, tf.zeros([3])], [a, tf.tensor1d([0, 0, -7])]), 7);
});

test("largestDifference of networks looks at every weight: the last one of the largest layer counts", () => {
  const make = (): tf.Sequential => mlpGenerator({ units: [300], random: createRandom(1) });
  const [one, other] = [make(), make()];
  assert.equal(largestDifference(one, other), 0);
  const kernel = one.trainableWeights.find(({ shape }) => shape.join() === "300,784")!;
  const values = kernel.read().dataSync().slice();
  values[values.length - 1]! += 0.5;
  kernel.write(tf.tensor(values, kernel.shape as number[]));
  assert.ok(Math.abs(largestDifference(one, other) - 0.5) < 1e-6);
});

test("weights that were cloned before a step are as they were", () => {
  const model = mlpGenerator({ units: [4], random: createRandom(2) });
  const before = model.getWeights().map((weight) => weight.clone());
  assert.equal(largestDifference(before, model), 0);
  const [first] = model.trainableWeights;
  first!.write(tf.add(first!.read(), 0.125));
  assert.ok(Math.abs(largestDifference(before, model) - 0.125) < 1e-6);
});

test("NaN is never equal, and infinities of one sign are", () => {
  const [nan, infinity] = [tf.tensor1d([1, NaN]), tf.tensor1d([1, Infinity])];
  assert.ok(Number.isNaN(largestDifference(nan, nan)));
  assert.ok(Number.isNaN(largestDifference([nan, tf.ones([2])], [infinity, tf.zeros([2])])));
  assert.equal(largestDifference(infinity, infinity.clone()), 0);
  assert.equal(largestDifference(infinity, tf.ones([2])), Infinity);
});

test("what cannot be compared is refused, with both shapes", () => {
  const [a, b] = [tf.zeros([2, 3]), tf.zeros([3, 2])];
  assert.throws(() => largestDifference(a, b), /got \[2, 3\] and \[3, 2\]/);
  assert.throws(() => largestDifference([a, a], [a]), /got \[2, 3\] \[2, 3\] and \[2, 3\]/);
  assert.throws(() => largestDifference([], []), /got none and none/);
});
