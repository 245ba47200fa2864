import assert from "node:assert/strict";
import { before, test } from "node:test";
import { layers, ready, tf } from "gan-lib";
import { relativeError, TOLERANCE } from "../ops/finiteDifferences";
import { backends, normalValues, onBackend } from "../ops/samples";

before(ready);

const labels = () => tf.tensor1d([2, 0, 2], "int32");

test("a label takes its row of the table, as [N] or [N, 1], whole numbers of either type", () => {
  const layer = layers.embedding({ classes: 3, units: 2, seed: 1 });
  const rows = layer.apply(labels()) as tf.Tensor2D;
  const table = (layer.getWeights()[0] as tf.Tensor2D).arraySync();
  assert.deepEqual(rows.arraySync(), [table[2], table[0], table[2]]);
  assert.deepEqual(
    (layer.apply(tf.tensor2d([[2], [0], [2]])) as tf.Tensor2D).arraySync(),
    rows.arraySync(),
  );
});

test("the vectors are drawn with the deviation that is asked for, and the same seed gives the same", () => {
  const table = (seed: number, deviation?: number): Float32Array => {
    const layer = layers.embedding({
      classes: 10,
      units: 1000,
      seed,
      ...(deviation === undefined ? {} : { deviation }),
    });
    layer.apply(labels());
    return Float32Array.from((layer.getWeights()[0] as tf.Tensor).dataSync());
  };
  const spread = (values: Float32Array): number =>
    Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  assert.ok(Math.abs(spread(table(5)) - 1) < 0.03); // 10,000 values: standard error 0.007
  assert.ok(Math.abs(spread(table(5, 0.02)) - 0.02) < 0.0006);
  assert.deepEqual(table(5), table(5));
  assert.notDeepEqual(table(5), table(6));
});

for (const backend of backends) {
  test(`the table's derivative is right at first order and under a gradient penalty, on ${backend}`, () =>
    onBackend(backend, () => {
      const layer = layers.embedding({ classes: 3, units: 2, seed: 1 });
      const logits = (x: tf.Tensor): tf.Tensor =>
        tf.sum(tf.mul(tf.square(x), layer.apply(labels()) as tf.Tensor), 1);
      const x = normalValues([3, 2]);
      logits(x);
      const table = (layer.trainableWeights[0] as tf.LayerVariable).read() as tf.Variable;
      const penalty = (): tf.Scalar =>
        tf.sum(tf.square(tf.grad((input: tf.Tensor) => tf.sum(logits(input)))(x)));
      for (const scalar of [penalty, (): tf.Scalar => tf.sum(tf.square(logits(x)))]) {
        const { grads } = tf.variableGrads(scalar, [table]);
        const at = (value: tf.Tensor): tf.Tensor => (table.assign(value), scalar());
        const error = relativeError(at, () => grads[table.name] as tf.Tensor, tf.clone(table));
        assert.ok(error < TOLERANCE, `relative error ${error}`);
      }
    }));
}

test("a layers.projection is the inner product of the features and the class's vector, which begins small", () => {
  const layer = layers.projection({ classes: 3, units: 1000, seed: 1 });
  const features = normalValues([2, 1000]);
  const y = layer.apply([features, tf.tensor2d([[2], [0]], [2, 1], "int32")]) as tf.Tensor;
  const table = layer.getWeights()[0] as tf.Tensor2D;
  const expected = tf.sum(tf.mul(features, tf.gather(table, [2, 0])), 1, true);
  assert.deepEqual(y.shape, [2, 1]);
  assert.ok((tf.max(tf.abs(tf.sub(y, expected))).dataSync()[0] as number) < 1e-5);
  assert.ok(Math.abs((tf.sqrt(tf.mean(tf.square(table))).dataSync()[0] as number) - 0.02) < 0.002);
});

test("mistakes are refused by name", () => {
  assert.throws(
    () => layers.embedding({ classes: 0, units: 2, seed: 1 }),
    /classes must be a whole number of at least 1, got 0/,
  );
  assert.throws(
    () => layers.embedding({ classes: 3, units: 1.5, seed: 1 }),
    /units must be a whole number of at least 1, got 1.5/,
  );
  assert.throws(
    () => layers.embedding({ classes: 3, units: 2, deviation: -1, seed: 1 }),
    /deviation must be at least 0, got -1/,
  );
  const layer = layers.embedding({ name: "digits", classes: 2, units: 2, seed: 1 });
  assert.throws(
    () => layer.apply(labels()),
    /digits: labels must be from 0 to 1, got 2; give as many classes/,
  );
});
