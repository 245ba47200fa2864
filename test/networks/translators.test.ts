/** U-Net, residual generator and PatchGAN: shapes, the papers' layers, and what they refuse. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  patchDiscriminator,
  ready,
  receptiveField,
  residualGenerator,
  tf,
  unetGenerator,
  type PatchSide,
} from "gan-lib";
import { normalValues } from "../ops/samples";

before(ready);

const random = () => createRandom(1);
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];
const filtersOf = (model: tf.LayersModel, kind: string): unknown[] =>
  model.layers
    .filter((layer) => layer.getClassName() === kind)
    .map((l) => l.getConfig()["filters"]);
const count = (model: tf.LayersModel, kind: string): number =>
  model.layers.filter((layer) => layer.getClassName() === kind).length;

test("the U-Net of 256 pixels has the paper's layers", () => {
  const model = unetGenerator({
    imageShape: [256, 256, 1],
    outputChannels: 3,
    filters: 4,
    random: random(),
  });
  assert.deepEqual(filtersOf(model, "Conv2D"), [4, 8, 16, 32, 32, 32, 32, 32]);
  assert.deepEqual(filtersOf(model, "Conv2DTranspose"), [32, 32, 32, 32, 16, 8, 4, 3]);
  assert.equal(count(model, "GanDropout"), 3);
  assert.equal(count(model, "GanBatchNormalization"), 6 + 7); // all but the first and the last of the encoder
  assert.equal(count(model, "Concatenate"), 7);
  assert.deepEqual(model.outputShape, [null, 256, 256, 3]);
});

for (const side of [16, 32, 64])
  test(`a U-Net of ${side} pixels goes down to one, and its weights are N(0, 0.02)`, () => {
    const model = unetGenerator({ imageShape: [side, side, 3], filters: 8, random: random() });
    assert.equal(count(model, "Conv2D"), Math.log2(side));
    const x = tf.clipByValue(normalValues([2, side, side, 3]), -1, 1);
    const y = model.apply(x, { training: true }) as tf.Tensor;
    assert.deepEqual(y.shape, x.shape);
    assert.ok((tf.max(tf.abs(y)).dataSync()[0] as number) <= 1);
    const kernels = model.weights.filter(({ originalName }) => originalName.includes("kernel"));
    for (const kernel of kernels.filter(
      ({ shape }) => tf.util.sizeFromShape(shape as number[]) > 5000,
    )) {
      const { variance } = tf.moments(kernel.read());
      assert.ok(Math.abs(Math.sqrt(variance.dataSync()[0] as number) - 0.02) < 1e-3);
    }
  });

test("without skips all that the decoder knows has passed the bottleneck", () => {
  const bottleneckOnly = (skips: boolean): number => {
    const model = unetGenerator({
      imageShape: [16, 16, 1],
      filters: 4,
      skips,
      dropout: 0,
      normalization: "none",
      random: random(),
    });
    const convolutions = model.layers.filter((layer) => layer.getClassName() === "Conv2D");
    const last = convolutions.at(-1)!;
    last.setWeights(last.getWeights().map((weight) => tf.zerosLike(weight))); // nothing passes it
    const [one, other] = [1, 2].map((seed) => model.predict(normalValues([1, 16, 16, 1], seed)));
    return tf.max(tf.abs(tf.sub(one as tf.Tensor, other as tf.Tensor))).dataSync()[0] as number;
  };
  assert.equal(bottleneckOnly(false), 0);
  assert.ok(bottleneckOnly(true) > 0);
});

test("the U-Net's only noise is dropout, from the stream that it is given", () => {
  const draw = (dropout: number): number[][] => {
    const noise = createRandom(2);
    const model = unetGenerator({
      imageShape: [16, 16, 1],
      filters: 4,
      dropout,
      random: random(),
      noise,
    });
    const state = noise.state();
    const one = (): number[] => numbers(model.predict(normalValues([1, 16, 16, 1])) as tf.Tensor);
    const [first, second] = [one(), one()];
    noise.restore(state);
    return [first, second, one()];
  };
  const [first, second, again] = draw(0.5);
  assert.notDeepEqual(first, second);
  assert.deepEqual(again, first);
  const [still, stillSame] = draw(0);
  assert.deepEqual(still, stillSame);
});

test("a U-Net refuses images that do not halve, and depths that they have not", () => {
  assert.throws(
    () => unetGenerator({ imageShape: [30, 32, 1], random: random() }),
    /30 x 32 can be halved 1 times, and 2 are wanted; give sides such as 16, 32/,
  );
  assert.throws(() => unetGenerator({ depth: 6, random: random() }), /halved 5 times, and 6/);
  assert.throws(
    () => unetGenerator({ depth: 2.5, random: random() }),
    /depth must be a whole number/,
  );
});

test("the residual generator has the paper's layers: six blocks up to 128 pixels, nine above", () => {
  for (const [side, blocks] of [
    [128, 6],
    [256, 9],
  ] as const) {
    const model = residualGenerator({ imageShape: [side, side, 3], filters: 2, random: random() });
    const inBlocks = Array<number>(2 * blocks).fill(8);
    assert.deepEqual(filtersOf(model, "Conv2D"), [2, 4, 8, ...inBlocks, 3]);
    assert.deepEqual(filtersOf(model, "Conv2DTranspose"), [4, 2]);
    assert.equal(count(model, "GanInstanceNormalization"), 3 + 2 * blocks + 2);
    assert.equal(count(model, "GanReflectionPad2D"), 2 + 2 * blocks);
    assert.equal(count(model, "Add"), blocks);
    assert.deepEqual(model.outputShape, [null, side, side, 3]);
  }
});

test("with its input added, the untrained residual generator copies or inverts", () => {
  const x = tf.clipByValue(normalValues([2, 32, 32, 1]), -1, 1);
  const correlation = (inputSkip: number): number => {
    const model = residualGenerator({
      imageShape: [32, 32, 1],
      filters: 4,
      blocks: 1,
      inputSkip,
      random: random(),
    });
    const y = model.predict(x) as tf.Tensor;
    const product = tf.sum(tf.mul(x, y));
    return tf.div(product, tf.mul(tf.norm(x), tf.norm(y))).dataSync()[0] as number;
  };
  assert.ok(correlation(2) > 0.8);
  assert.ok(correlation(-2) < -0.8);
  assert.ok(Math.abs(correlation(0)) < 0.5);
  assert.throws(
    () => residualGenerator({ inputSkip: 1, outputChannels: 1, random: random() }),
    /3 channels cannot be added to an output of 1/,
  );
  assert.throws(
    () => residualGenerator({ imageShape: [30, 32, 1], random: random() }),
    /must divide by 4, got 30 x 32/,
  );
});

test("a resize in place of transposed convolutions gives the same sizes", () => {
  const model = residualGenerator({
    filters: 2,
    blocks: 1,
    upsampling: "resize",
    random: random(),
  });
  assert.equal(count(model, "Conv2DTranspose"), 0);
  assert.deepEqual((model.predict(tf.zeros([1, 32, 32, 3])) as tf.Tensor).shape, [1, 32, 32, 3]);
});

test("PatchGAN has the paper's layers and map", () => {
  const model = patchDiscriminator({
    imageShape: [256, 256, 3],
    sourceChannels: 1,
    filters: 2,
    random: random(),
  });
  assert.deepEqual(filtersOf(model, "Conv2D"), [2, 4, 8, 16, 1]);
  assert.equal(count(model, "GanBatchNormalization"), 3);
  assert.deepEqual(model.outputShape, [null, 30, 30, 1]);
  assert.deepEqual(
    model.inputs.map(({ shape }) => shape[3]),
    [1, 3],
  );
  const ofPixels = patchDiscriminator({ patch: 1, filters: 2, random: random() });
  assert.deepEqual(ofPixels.outputShape, [null, 32, 32, 1]);
});

/** How many rows of an image have a gradient from the logit in the middle. */
function measured(model: tf.LayersModel, side: number): number {
  return tf.tidy(() => {
    const [, rows, columns] = model.outputShape as [null, number, number];
    const middle = [0, Math.floor(rows / 2), Math.floor(columns / 2), 0];
    const logit = (x: tf.Tensor): tf.Scalar =>
      tf.sum(tf.slice(model.apply(x) as tf.Tensor, middle, [1, 1, 1, 1]));
    const slope = tf.grad(logit)(normalValues([1, side, side, 1]));
    return tf.sum(tf.cast(tf.greater(tf.max(tf.abs(slope), [0, 2, 3]), 0), "int32")).dataSync()[0]!;
  });
}

for (const [patch, side] of [
  [1, 32],
  [16, 32],
  [34, 64],
  [70, 128],
  [142, 224],
  [286, 416],
] as const)
  test(`the receptive field of ${patch} pixels is that of the gradient`, () => {
    const model = patchDiscriminator({
      imageShape: [side, side, 1],
      patch,
      filters: 1,
      normalization: "none",
      random: random(),
    });
    assert.equal(receptiveField(model), patch);
    const kernels = model.weights.filter(({ originalName }) => originalName.includes("kernel"));
    for (const kernel of kernels) kernel.write(tf.fill(kernel.shape as number[], 0.1)); // no slope is lost to rounding
    assert.equal(measured(model, side), patch);
  });

test("patches that no paper has, or that leave nothing of the image, are refused; so is a receptive field of others", () => {
  assert.throws(
    () => patchDiscriminator({ patch: 64 as PatchSide, random: random() }),
    /one of 1, 16, 34, 70, 142, 286 pixels, got 64/,
  );
  assert.throws(
    () => patchDiscriminator({ patch: 142, random: random() }),
    /patches of 142 pixels need images of at least 48 x 48, got 32 x 32/,
  );
  assert.throws(
    () => receptiveField(unetGenerator({ filters: 1, random: random() })),
    /Conv2DTranspose/,
  );
});
