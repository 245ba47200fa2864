import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

/** Weights of both vectors for an angle, as a share of the way. */
type Weights = (share: number, angle: number) => [number, number];
const alongArc: Weights = (t, angle) => [
  Math.sin((1 - t) * angle) / Math.sin(angle),
  Math.sin(t * angle) / Math.sin(angle),
];

const way =
  (weights: Weights, normalized = true) =>
  (from: tf.Tensor1D, to: tf.Tensor1D, share: number): tf.Tensor1D => {
    const lengths = normalized ? tf.mul(tf.norm(from), tf.norm(to)) : tf.scalar(9);
    const angle = Math.acos(tf.div(tf.sum(tf.mul(from, to)), lengths).dataSync()[0]!);
    const [a, b] = weights(share, angle);
    return tf.add(tf.mul(a, from), tf.mul(b, to));
  };

test("slerp: the right answer passes; a straight way and swapped ends do not", async () => {
  await passes("20-1", way(alongArc));
  assert.deepEqual(
    await failedOf(
      "20-1",
      way((t) => [1 - t, t]),
    ),
    [
      "half-way it has the vectors' length",
      "goes in equal angles",
      "the angle is that of the directions, whatever their lengths",
      "the angle is measured: here it is 45 degrees",
      "the angle may be larger than 90 degrees",
    ],
  );
  const swapped = await failedOf(
    "20-1",
    way((t, angle) => alongArc(1 - t, angle)),
  );
  assert.ok(
    swapped.includes("begins at the first vector") && swapped.includes("ends at the second vector"),
  );
});

test("slerp: an angle from vectors that were not normalised, and a result of another length, are told", async () => {
  const skewed = (from: tf.Tensor1D, to: tf.Tensor1D, share: number): tf.Tensor1D =>
    way(alongArc)(from, tf.mul(tf.div(to, tf.norm(to)), tf.norm(from)), share);
  assert.deepEqual(await failedOf("20-1", skewed), [
    "the angle is that of the directions, whatever their lengths",
    "the angle is measured: here it is 45 degrees",
    "the angle may be larger than 90 degrees",
  ]);
  assert.equal((await failedOf("20-1", () => tf.tensor1d([3]))).length, 7);
});

/** Counts kernels; a hook says where each begins and how long it is. */
const counter =
  (
    begin: (i: number, stride: number) => number,
    size = (kernelSize: number): number => kernelSize,
  ) =>
  (length: number, kernelSize: number, stride: number): number[] => {
    const counts = new Array<number>((length - 1) * stride + kernelSize).fill(0);
    for (let i = 0; i < length; i++)
      for (let k = 0; k < size(kernelSize); k++) counts[begin(i, stride) + k]! += 1;
    return counts;
  };

test("kernel counts: the right answer passes; a forgotten stride and a kernel that is too short do not", async () => {
  await passes(
    "20-2",
    counter((i, stride) => i * stride),
  );
  const noStride = await failedOf(
    "20-2",
    counter((i) => i),
  );
  assert.ok(noStride.includes("size 5, stride 2: the middle alternates between 3 and 2"));
  assert.ok(!noStride.includes("stride 1 is any convolution"));
  assert.ok(
    (
      await failedOf(
        "20-2",
        counter(
          (i, stride) => i * stride,
          (kernelSize) => kernelSize - 1,
        ),
      )
    ).includes("one pixel lays down one kernel"),
  );
});

test("kernel counts: the inner period repeated over the whole length is told", async () => {
  const always = (length: number, kernelSize: number, stride: number): number[] =>
    Array.from({ length: (length - 1) * stride + kernelSize }, (_, i) =>
      Math.ceil((kernelSize - (i % stride)) / stride),
    );
  assert.ok((await failedOf("20-2", always)).includes("size 4, stride 2: the middle is even"));
});

interface Choice {
  readonly axis?: number;
  readonly unbiased?: boolean;
  readonly outside?: boolean;
  readonly shiftFirst?: boolean;
}

const batchNorm =
  ({ axis = 0, unbiased = false, outside = false, shiftFirst = false }: Choice = {}) =>
  (x: tf.Tensor2D, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): tf.Tensor2D => {
    const { mean, variance } = tf.moments(x, axis, true);
    const count = x.shape[axis]!;
    const spread = unbiased ? tf.mul(variance, count / (count - 1)) : variance;
    const deviation = outside ? tf.add(tf.sqrt(spread), epsilon) : tf.sqrt(tf.add(spread, epsilon));
    const normal = tf.div(tf.sub(x, mean), deviation);
    return shiftFirst ? tf.mul(gamma, tf.add(normal, beta)) : tf.add(tf.mul(gamma, normal), beta);
  };

test("batch normalisation: the right answer passes, each typical mistake fails its own check", async () => {
  await passes("20-3", batchNorm());
  assert.ok(
    (await failedOf("20-3", batchNorm({ axis: 1 }))).includes(
      "each channel has the mean 0 over the batch",
    ),
  );
  assert.ok(
    (await failedOf("20-3", batchNorm({ unbiased: true }))).includes(
      "the variance is the mean of squares, divided by N and not N - 1",
    ),
  );
  assert.deepEqual(await failedOf("20-3", batchNorm({ outside: true })), [
    "epsilon is added to the variance, under the root",
  ]);
  assert.deepEqual(await failedOf("20-3", batchNorm({ shiftFirst: true })), [
    "gamma scales and beta shifts",
  ]);
});

test("batch normalisation: one variance for all channels is told", async () => {
  const pooled = (x: tf.Tensor2D): tf.Tensor2D => {
    const centred = tf.sub(x, tf.mean(x, 0, true));
    return tf.div(centred, tf.sqrt(tf.mean(tf.square(centred))));
  };
  assert.ok((await failedOf("20-3", pooled)).includes("every channel has its own variance"));
});
