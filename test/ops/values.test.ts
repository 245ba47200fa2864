/** What the operations return: values by hand, extremes, and errors. Derivatives: derivatives.test.ts. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { ready, tf } from "gan-lib";
import { imageShapes, normalValues } from "./samples";

before(ready);

function assertClose(actual: tf.Tensor, expected: readonly number[], tolerance = 1e-5): void {
  const values = [...actual.dataSync()];
  assert.equal(values.length, expected.length);
  values.forEach((value, i) =>
    assert.ok(
      Math.abs(value - expected[i]!) <= tolerance,
      `${values.join(", ")} is not ${expected.join(", ")}`,
    ),
  );
}

/** The value of f where it is differentiated twice, by the way that other derivatives take. */
function underTwoDerivatives(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor {
  const seen: tf.Tensor[] = [];
  const inner = (input: tf.Tensor): tf.Tensor => {
    const y = f(input);
    seen.push(tf.keep(tf.clone(y)));
    return tf.sum(tf.square(y));
  };
  tf.grad((input) => tf.sum(tf.grad(inner)(input)))(x);
  return seen[0]!;
}

test("element-wise operations have the values of the functions they are named after", () => {
  const x = [-3, -0.5, 0.25, 2];
  const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
  const elu = (v: number): number => (v > 0 ? v : Math.exp(v) - 1);
  const byName: [(x: tf.Tensor) => tf.Tensor, (v: number) => number][] = [
    [gan.tanh, Math.tanh],
    [gan.sigmoid, sigmoid],
    [gan.exp, Math.exp],
    [gan.softplus, (v) => Math.log1p(Math.exp(v))],
    [gan.elu, elu],
    [gan.selu, (v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * elu(v))],
    [gan.swish, (v) => v * sigmoid(v)],
    [(t) => gan.clip(t, -1, 1), (v) => Math.min(Math.max(v, -1), 1)],
    [(t) => gan.maximum(t, tf.scalar(0.25)), (v) => Math.max(v, 0.25)],
    [(t) => gan.minimum(t, tf.scalar(0.25)), (v) => Math.min(v, 0.25)],
  ];
  for (const [operation, expected] of byName) {
    assertClose(operation(tf.tensor1d(x)), x.map(expected));
    assertClose(underTwoDerivatives(operation, tf.tensor1d(x)), x.map(expected));
  }
});

test("logits of +-100 give finite values and finite first and second derivatives", () => {
  const extreme = tf.tensor2d([
    [100, -100, 0],
    [-100, 100, 100],
  ]);
  const labels = tf.tensor2d([
    [0, 1, 0],
    [0.5, 0.5, 0],
  ]);
  const operations: ((x: tf.Tensor) => tf.Tensor)[] = [
    gan.tanh,
    gan.sigmoid,
    gan.softplus,
    gan.elu,
    gan.selu,
    gan.swish,
    gan.softmax,
    gan.logSoftmax,
    (x) => gan.softmaxCrossEntropy(labels, x),
    (x) => gan.binaryCrossEntropy(labels, x),
  ];
  for (const operation of operations) {
    const first = tf.grad((x: tf.Tensor) => tf.sum(operation(x)));
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.square(first(x))));
    for (const result of [operation(extreme), first(extreme), second(extreme)]) {
      assert.ok([...result.dataSync()].every(Number.isFinite), result.dataSync().join(", "));
    }
  }
});

test("cross-entropies are those of probabilities, by hand", () => {
  assertClose(gan.binaryCrossEntropy(tf.tensor1d([1, 0]), tf.tensor1d([0, 100])), [
    (Math.log(2) + 100) / 2,
  ]);
  assertClose(gan.softmaxCrossEntropy(tf.tensor2d([[0, 1]]), tf.tensor2d([[Math.log(3), 0]])), [
    Math.log(4),
  ]);
  assertClose(gan.softmax(tf.tensor2d([[Math.log(3), 0]])), [0.75, 0.25]);
  assert.throws(
    () => gan.binaryCrossEntropy(tf.zeros([2]), tf.zeros([2, 1])),
    /labels and logits must have one shape/,
  );
  assert.throws(
    () => gan.softmaxCrossEntropy(tf.zeros([2]), tf.zeros([2, 1])),
    /labels and logits must have one shape/,
  );
});

test("max shares the gradient between elements that tie, maximum gives it to the first", () => {
  assertClose(tf.grad((x) => gan.max(x))(tf.tensor1d([1, 3, 3])), [0, 0.5, 0.5]);
  const [byA, byB] = tf.grads((a, b) => gan.maximum(a, b))([tf.tensor1d([2]), tf.tensor1d([2])]);
  assertClose(byA!, [1]);
  assertClose(byB!, [0]);
});

test("clip refuses an empty interval", () => {
  assert.throws(() => gan.clip(tf.zeros([1]), 1, -1), /low 1 and high -1/);
});

type OfImages = (x: tf.Tensor4D) => tf.Tensor;

const grids: { grid: gan.SamplingGrid; flags: [boolean, boolean] }[] = [
  { grid: "asymmetric", flags: [false, false] },
  { grid: "alignCorners", flags: [true, false] },
  { grid: "halfPixel", flags: [false, true] },
];

test("pools, resizing, padding and sums have tf.js's values, also the way that second derivatives take", async () => {
  const none: [number, number] = [0, 0];
  const pairs: [OfImages, OfImages][] = [
    [(x) => gan.maxPool(x, 3, 2, "same"), (x) => tf.maxPool(x, 3, 2, "same")],
    [(x) => gan.maxPool(x, 2, 1), (x) => tf.maxPool(x, 2, 1, "valid")],
    [(x) => gan.averagePool(x, 3, 2, "same"), (x) => tf.avgPool(x, 3, 2, "same")],
    [(x) => gan.averagePool(x), (x) => tf.avgPool(x, 2, 2, "valid")],
    ...grids.flatMap(({ grid, flags }): [OfImages, OfImages][] => [
      [
        (x) => gan.resizeNearest(x, [9, 3], grid),
        (x) => tf.image.resizeNearestNeighbor(x, [9, 3], ...flags),
      ],
      [
        (x) => gan.resizeBilinear(x, [9, 3], grid),
        (x) => tf.image.resizeBilinear(x, [9, 3], ...flags),
      ],
    ]),
    [
      (x) => gan.reflectPad(x, [3, 1], [0, 2]),
      (x) => tf.mirrorPad(x, [none, [3, 1], [0, 2], none], "reflect"),
    ],
    [
      (x) => gan.symmetricPad(x, 2, [4, 0]),
      (x) => tf.mirrorPad(x, [none, [2, 2], [4, 0], none], "symmetric"),
    ],
    [(x) => gan.cumulativeSum(x, 1), (x) => tf.cumsum(x, 1)],
    [(x) => gan.cumulativeSum(x), (x) => tf.cumsum(x, 3)],
    [(x) => gan.cumulativeSum(x, -3), (x) => tf.cumsum(x, 1)],
  ];
  for (const shape of imageShapes()) {
    const x = normalValues(shape) as tf.Tensor4D;
    for (const [ours, theirs] of pairs) {
      const expected = [...theirs(x).dataSync()];
      assertClose(ours(x), expected);
      assertClose(
        underTwoDerivatives((input) => ours(input as tf.Tensor4D), x),
        expected,
      );
      await tf.setBackend("cpu");
      assertClose(ours(x), expected);
      await tf.setBackend(gan.backendName);
    }
  }
});

test("padding, sums and resizing refuse what they cannot do, and say what they can", () => {
  const x = tf.zeros<tf.Rank.R4>([1, 3, 4, 1]);
  assert.throws(() => gan.reflectPad(x, 3), /a side of 3 pixels takes 0 to 2 more, got 3/);
  assert.throws(
    () => gan.symmetricPad(x, 0, [0, 5]),
    /a side of 4 pixels takes 0 to 4 more, got 5/,
  );
  assert.throws(() => gan.reflectPad(x, 0.5), /got 0\.5/);
  assert.throws(
    () =>
      gan.reflectPad(tf.zeros<tf.Rank.R4>([3] as unknown as [number, number, number, number]), 1),
    /are wanted, got \[3\]/,
  );
  assert.throws(() => gan.cumulativeSum(x, 4), /axis 4 is not one of the 4 axes of \[1, 3, 4, 1\]/);
  const grid = "halfpixel" as gan.SamplingGrid;
  assert.throws(() => gan.resizeBilinear(x, [2, 2], grid), /"halfPixel", got "halfpixel"/);
});

test("normalisations leave mean 0 and variance 1 over their axes, then scale and shift", () => {
  const x = normalValues([3, 4, 5, 2]);
  const scale = tf.tensor1d([2, 2]);
  const offset = tf.tensor1d([1, 1]);
  const norms: [typeof gan.batchNorm, number[]][] = [
    [gan.batchNorm, [0, 1, 2]],
    [gan.layerNorm, [1, 2, 3]],
    [gan.instanceNorm, [1, 2]],
  ];
  for (const [norm, axes] of norms) {
    const { mean, variance } = tf.moments(norm(x, scale, offset), axes);
    assertClose(mean, Array<number>(mean.size).fill(1), 1e-3);
    assertClose(variance, Array<number>(mean.size).fill(4), 1e-3);
  }
  assert.throws(
    () => gan.instanceNorm(tf.zeros([2, 3]), scale, offset),
    /must be images .* got \[2,3\]/,
  );
});

test("spectralNorm: one iteration after another, the weight's largest singular value becomes 1", () => {
  const weight = tf.tensor2d([
    [3, 0],
    [0, -4],
    [0, 0],
  ]);
  let u: tf.Tensor = tf.tensor2d([[1], [1]]);
  for (let i = 0; i < 40; i++) u = gan.spectralNorm(weight, u).u;
  assertClose(gan.spectralNorm(weight, u).weight, [0.75, 0, 0, -1, 0, 0], 1e-4);
});
