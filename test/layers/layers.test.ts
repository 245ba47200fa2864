/** What single layers do while training and after it, and what they refuse. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { ready, tf } from "gan-lib";
import { backends, normalValues, onBackend } from "../ops/samples";

before(ready);

const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

function assertClose(actual: tf.Tensor, expected: readonly number[], tolerance = 1e-5): void {
  numbers(actual).forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]!) < tolerance, `${value} is not ${expected[i]}`),
  );
}

for (const backend of backends) {
  test(`batchNormalization blends the batch's mean and unbiased variance into its running moments, on ${backend}`, () =>
    onBackend(backend, () => {
      const layer = gan.layers.batchNormalization({ momentum: 0.75 });
      const x = tf.tensor2d([[1], [2], [6]]); // mean 3, unbiased variance 7
      layer.apply(x);
      layer.apply(x, { training: true });
      const [, , mean, variance] = layer.getWeights() as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      assertClose(mean, [0.75]);
      assertClose(variance, [0.75 + 0.25 * 7]);
      assertClose(layer.apply(tf.tensor2d([[0.75]])) as tf.Tensor, [0]);
      tf.grad((input) =>
        tf.sum(
          tf.grad((z) => tf.sum(tf.square(layer.apply(z, { training: true }) as tf.Tensor)))(input),
        ),
      )(x);
      assertClose(layer.getWeights()[3]!, [0.75 * 2.5 + 0.25 * 7]);
    }));
}

test("spectralDense: training calls bring the largest singular value to 1, other calls leave u alone", () => {
  const layer = gan.layers.spectralDense({ units: 4, seed: 3, useBias: false });
  layer.apply(normalValues([1, 6]));
  const before = numbers(layer.getWeights()[1]!);
  layer.apply(normalValues([1, 6]));
  assert.deepEqual(numbers(layer.getWeights()[1]!), before);
  for (let i = 0; i < 100; i++) layer.apply(normalValues([1, 6]), { training: true });
  const matrix = layer.apply(tf.eye(6)) as tf.Tensor2D; // the normalised kernel
  let v: tf.Tensor = tf.ones([4, 1]);
  for (let i = 0; i < 200; i++) {
    const next = tf.matMul(matrix, tf.matMul(matrix, v as tf.Tensor2D), true);
    v = tf.div(next, tf.norm(next));
  }
  assertClose(tf.norm(tf.matMul(matrix, v)), [1], 1e-3);
});

test("minibatchStandardDeviation appends the mean deviation of each group, by hand", () => {
  const layer = gan.layers.minibatchStandardDeviation({ groupSize: 2 });
  const y = layer.apply(
    tf.tensor2d([
      [0, 0],
      [5, 5],
      [2, 4],
      [5, 5],
    ]),
  ) as tf.Tensor;
  assertClose(y, [0, 0, 1.5, 5, 5, 1e-4, 2, 4, 1.5, 5, 5, 1e-4]); // samples 0 and 2, 1 and 3, as in ProGAN
  assert.throws(() => layer.apply(tf.zeros([3, 2])), /groupSize 2 does not divide the batch of 3/);
});

test("minibatchDiscrimination appends the similarities to the batch, by hand", () => {
  const layer = gan.layers.minibatchDiscrimination({ features: 2, dimensions: 2, seed: 1 });
  layer.apply(tf.zeros([1, 1]));
  layer.setWeights([tf.tensor2d([[1, 0, 2, -1]])]); // a difference of d in x is the distance d in feature 0, 3 d in feature 1
  const y = layer.apply(tf.tensor2d([[0], [0.5], [0]])) as tf.Tensor;
  const [near, far] = [Math.exp(-0.5), Math.exp(-1.5)];
  assert.deepEqual(y.shape, [3, 3]);
  assertClose(y, [0, 2 + near, 2 + far, 0.5, 1 + 2 * near, 1 + 2 * far, 0, 2 + near, 2 + far]);
});

test("minibatchDiscrimination starts from the seed's normal tensor, and takes flat samples only", () => {
  const tensor = (seed: number): tf.Tensor => {
    const layer = gan.layers.minibatchDiscrimination({ features: 20, seed });
    layer.apply(tf.zeros([1, 50]));
    return layer.getWeights()[0]!;
  };
  assert.deepEqual(tensor(4).shape, [50, 100]);
  assert.deepEqual(numbers(tensor(4)), numbers(tensor(4)));
  assert.notDeepEqual(numbers(tensor(4)), numbers(tensor(5)));
  assertClose(tf.sqrt(tf.moments(tensor(4)).variance), [0.05], 0.003); // its standard error is 0.0005
  assert.throws(
    () => gan.layers.minibatchDiscrimination({ features: 1, seed: 1 }).apply(tf.zeros([2, 4, 1])),
    /\[N, inputs\] are wanted, got \[2, 4, 1\]/,
  );
});

test("maxoutDense takes the largest of its linear pieces, by hand", () => {
  const layer = gan.layers.maxoutDense({ units: 2, pieces: 2, seed: 1 });
  layer.apply(tf.zeros([1, 1]));
  layer.setWeights([tf.tensor2d([[1, 2, -1, 0]]), tf.tensor1d([0, 0, 0, 5])]); // units x, 2x and their rivals -x, 5
  const y = layer.apply(tf.tensor2d([[3], [-3]])) as tf.Tensor;
  assert.deepEqual(
    [y.shape, numbers(y)],
    [
      [2, 2],
      [3, 6, 3, 5],
    ],
  );
});

test("maxoutDense starts from zero biases and a normal kernel of the deviation asked for, the same for a seed", () => {
  const weights = (): [tf.Tensor, tf.Tensor] => {
    const layer = gan.layers.maxoutDense({
      units: 100,
      pieces: 5,
      standardDeviation: 0.1,
      seed: 4,
    });
    layer.apply(tf.zeros([1, 20]));
    assert.equal(layer.getConfig()["standardDeviation"], 0.1);
    return layer.getWeights() as [tf.Tensor, tf.Tensor];
  };
  const [kernel, bias] = weights();
  assert.deepEqual([kernel.shape, bias.shape], [[20, 500], [500]]);
  assert.ok(numbers(bias).every((value) => value === 0));
  assertClose(tf.sqrt(tf.moments(kernel).variance), [0.1], 0.003); // its standard error is 0.0007
  assert.deepEqual(numbers(kernel), numbers(weights()[0]));
});

test("mistakes are refused by name", () => {
  assert.throws(
    () => gan.layers.maxoutDense({ units: 0, seed: 1 }),
    /maxoutDense: units must be a whole number of at least 1, got 0/,
  );
  assert.throws(
    () => gan.layers.maxoutDense({ units: 1, pieces: 1.5, seed: 1 }),
    /pieces must be .* got 1.5/,
  );
  assert.throws(
    () => gan.layers.maxoutDense({ units: 1, standardDeviation: 0, seed: 1 }),
    /standardDeviation must be above 0, got 0/,
  );
  assert.throws(
    () => gan.layers.minibatchDiscrimination({ features: 0, seed: 1 }),
    /minibatchDiscrimination: features must be .* got 0/,
  );
  assert.throws(
    () => gan.layers.minibatchDiscrimination({ features: 1, dimensions: 0.5, seed: 1 }),
    /dimensions must be .* got 0.5/,
  );
  assert.throws(
    () => gan.layers.minibatchDiscrimination({ features: 1, standardDeviation: 0, seed: 1 }),
    /standardDeviation must be above 0, got 0/,
  );
  assert.throws(
    () => gan.layers.activation("tanhh" as "tanh"),
    /"tanhh" is not known; choose one of elu, .*tanh/,
  );
  assert.throws(
    () => gan.layers.batchNormalization({ momentum: 1 }),
    /momentum must be in \[0, 1\), got 1/,
  );
  assert.throws(
    () => gan.layers.layerNormalization({ epsilon: 0 }),
    /epsilon must be above 0, got 0/,
  );
  assert.throws(
    () => gan.layers.minibatchStandardDeviation({ groupSize: 0.5 }),
    /at least 1, got 0.5/,
  );
});
