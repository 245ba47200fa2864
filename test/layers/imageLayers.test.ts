/** The layers of the image-to-image networks: reflected frames, dropout that stays on, skips of a set weight. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { createRandom, ready, tf } from "gan-lib";
import { firstOrderError, secondOrderError, TOLERANCE } from "../ops/finiteDifferences";
import { normalValues } from "../ops/samples";

before(ready);

const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

test("reflectionPad2d mirrors without the edge, and refuses what cannot be mirrored by name", () => {
  const row = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
  const image = tf.tile(row, [1, 3, 1, 1]);
  const padded = gan.layers.reflectionPad2d({ padding: 2 }).apply(image) as tf.Tensor;
  assert.deepEqual(padded.shape, [1, 7, 7, 1]);
  assert.deepEqual(numbers(padded).slice(0, 7), [3, 2, 1, 2, 3, 2, 1]);
  assert.throws(
    () => gan.layers.reflectionPad2d({ padding: 3 }).apply(tf.input({ shape: [3, 3, 1] })),
    /reflectionPad2d: a side of 3 pixels takes 0 to 2 more, got 3/,
  );
  assert.throws(() => gan.layers.reflectionPad2d({ padding: 0.5 }), /padding must be a whole/);
});

test("instanceNormalization without weights has none, and standardises each channel of each image", () => {
  const layer = gan.layers.instanceNormalization({ affine: false });
  const y = layer.apply(normalValues([2, 4, 4, 3])) as tf.Tensor;
  assert.equal(layer.weights.length, 0);
  const { mean, variance } = tf.moments(y, [1, 2]);
  for (const value of numbers(mean)) assert.ok(Math.abs(value) < 1e-5);
  for (const value of numbers(variance)) assert.ok(Math.abs(value - 1) < 1e-3);
});

const dropout = (rate = 0.25): gan.layers.Dropout =>
  gan.layers.dropout({ rate, random: createRandom(4).split("noise A") });

test("dropout is on whether training or not, keeps the mean, and draws a fresh mask at each call", () => {
  const layer = dropout();
  const x = tf.ones([100, 100]);
  const [first, second] = [layer.apply(x), layer.apply(x, { training: true })] as tf.Tensor[];
  for (const y of [first!, second!]) {
    assert.deepEqual([...new Set(numbers(y))].sort(), [0, Math.fround(1 / 0.75)]);
    assert.ok(Math.abs((tf.mean(y).dataSync()[0] as number) - 1) < 0.03); // its standard error is 0.006
  }
  assert.notDeepEqual(numbers(first!), numbers(second!));
  assert.deepEqual(numbers(dropout().apply(x) as tf.Tensor), numbers(first!));
  for (const rate of [-0.1, 1, NaN]) assert.throws(() => dropout(rate), /rate must be in \[0, 1\)/);
});

test("dropout's derivatives are its mask's, at both orders", () => {
  const random = createRandom(4).split("noise");
  const [layer, state] = [gan.layers.dropout({ random }), random.state()];
  const masked = (x: tf.Tensor): tf.Tensor => {
    random.restore(state); // the same mask for each of the differences
    return layer.apply(x) as tf.Tensor;
  };
  for (const error of [firstOrderError, secondOrderError])
    assert.ok(error(masked, normalValues([3, 4])) < TOLERANCE);
});

test("a compiled step draws a fresh mask at each call, the ones of the step as it is; a restored stream draws them again", () => {
  const run = (compiled: boolean): { sums: number[]; again: number } => {
    const random = createRandom(7);
    const layer = gan.layers.dropout({ random });
    const step = (x: tf.Tensor): tf.Tensor => tf.mul(2, layer.apply(x) as tf.Tensor);
    const take = compiled ? gan.compile(step) : step;
    const weights = tf.range(0, 64);
    const once = (): number => tf.sum(tf.mul(take(tf.ones([64])), weights)).dataSync()[0]!;
    const sums = Array.from({ length: 6 }, once);
    const state = random.state();
    const next = once();
    random.restore(state);
    assert.equal(once(), next);
    return { sums, again: next };
  };
  const [graph, plain] = [run(true), run(false)];
  assert.deepEqual(graph, plain);
  assert.equal(new Set(graph.sums).size, 6);
});

test("a network with dropout is saved and loaded with streams of its own, which begin anew", async () => {
  const build = (): tf.LayersModel =>
    tf.sequential({
      layers: [
        gan.layers.dropout({
          inputShape: [50],
          name: "first",
          random: createRandom(4).split("a B"),
        }),
        gan.layers.dropout({ name: "second", random: createRandom(4).split("a B") }),
      ],
    });
  const load = async (): Promise<tf.LayersModel> => {
    let artifacts: tf.io.ModelArtifacts = {};
    await build().save(
      tf.io.withSaveHandler(async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
      }),
    );
    return tf.loadLayersModel(tf.io.fromMemory(artifacts));
  };
  const [one, other] = [await load(), await load()];
  const configs = (model: tf.LayersModel): unknown => model.layers.map((each) => each.getConfig());
  assert.deepEqual(configs(one), configs(build()));
  const x = tf.ones([1, 50]);
  const drawn = numbers(one.predict(x) as tf.Tensor);
  assert.deepEqual(numbers(other.predict(x) as tf.Tensor), drawn);
  const [first, second] = one.layers.map((layer) => numbers(layer.apply(x) as tf.Tensor));
  assert.notDeepEqual(first, second);
});

test("scaledAdd adds so many times the second input, and refuses other shapes", () => {
  const add = (scale: number): tf.Tensor =>
    gan.layers.scaledAdd({ scale }).apply([tf.ones([1, 2]), tf.tensor2d([[3, 4]])]) as tf.Tensor;
  assert.deepEqual(numbers(add(-2)), [-5, -7]);
  assert.throws(() => gan.layers.scaledAdd({ scale: NaN }), /must be a finite number/);
  assert.throws(
    () => gan.layers.scaledAdd().apply([tf.input({ shape: [2] }), tf.input({ shape: [3] })]),
    /the same shape, got \[2\] and \[3\]/,
  );
});
