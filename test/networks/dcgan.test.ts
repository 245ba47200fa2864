import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, dcganDiscriminator, dcganGenerator, ready, tf } from "gan-lib";

before(ready);

const random = () => createRandom(1);
const shapesOf = (model: tf.LayersModel): number[][] =>
  model.layers.map(({ outputShape }) => (outputShape as number[]).slice(1));
const has = (shapes: number[][], shape: number[]): boolean =>
  shapes.some((own) => own.join() === shape.join());

test("28 x 28: z -> 7 x 7 x 128 -> 14 x 14 x 64 -> image, and the same way back", () => {
  const generator = dcganGenerator({ random: random() });
  for (const shape of [
    [7, 7, 128],
    [14, 14, 64],
    [28, 28, 1],
  ])
    assert.ok(has(shapesOf(generator), shape), String(shape));
  // Kernels without bias before batch normalisation, which has 2 trained and 2 running values a channel.
  assert.equal(
    generator.countParams(),
    100 * 6272 + 4 * 128 + 25 * 128 * 64 + 4 * 64 + 25 * 64 + 1,
  );
  const discriminator = dcganDiscriminator({ random: random() });
  for (const shape of [[14, 14, 64], [7, 7, 128], [1]])
    assert.ok(has(shapesOf(discriminator), shape), String(shape));
  assert.equal(discriminator.countParams(), 25 * 64 + 64 + 25 * 64 * 128 + 4 * 128 + 6272 + 1);
});

test("64 x 64 in colour begins at 4 x 4, as in the paper", () => {
  const shapes = shapesOf(
    dcganGenerator({ imageShape: [64, 64, 3], filters: 8, random: random() }),
  );
  for (const shape of [
    [4, 4, 64],
    [8, 8, 32],
    [16, 16, 16],
    [32, 32, 8],
    [64, 64, 3],
  ])
    assert.ok(has(shapes, shape), String(shape));
  assert.ok(
    has(
      shapesOf(dcganDiscriminator({ imageShape: [64, 64, 3], filters: 8, random: random() })),
      [4, 4, 64],
    ),
  );
});

test("resize-convolution has the same shapes as the transposed one", () => {
  const shapes = shapesOf(dcganGenerator({ upsampling: "resize", filters: 4, random: random() }));
  for (const shape of [
    [7, 7, 8],
    [14, 14, 4],
    [28, 28, 1],
  ])
    assert.ok(has(shapes, shape), String(shape));
});

test("weights are drawn from N(0, 0.02), and the same stream gives the same", () => {
  const kernel = (seed: number): Float32Array => {
    const model = dcganDiscriminator({ random: createRandom(seed) });
    const values = Float32Array.from((model.getWeights()[2] as tf.Tensor).dataSync()); // 5 x 5 x 64 x 128
    model.dispose();
    return values;
  };
  const values = kernel(5);
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  assert.ok(Math.abs(deviation - 0.02) < 2e-4, String(deviation)); // 204,800 values: standard error 3e-5
  assert.deepEqual(kernel(5), values);
  assert.notDeepEqual(kernel(6), values);
});

for (const normalization of ["batch", "layer", "spectral", "none"] as const) {
  test(`discriminator with ${normalization} normalisation: batch normalisation alone lets samples see one another`, () => {
    const model = dcganDiscriminator({ filters: 4, normalization, random: random() });
    const images = createRandom(2).normal([3, 28, 28, 1]);
    const others = tf.concat([tf.slice(images, 0, 1), createRandom(3).normal([2, 28, 28, 1])]);
    const logit = (x: tf.Tensor): number =>
      (model.apply(x, { training: true }) as tf.Tensor).dataSync()[0] as number;
    // Spectral normalisation moves u at every training call, so the same images are asked twice, in a model each.
    const twin = dcganDiscriminator({ filters: 4, normalization, random: random() });
    const gap = Math.abs(
      logit(images) -
        ((twin.apply(others, { training: true }) as tf.Tensor).dataSync()[0] as number),
    );
    if (normalization === "batch") assert.ok(gap > 1e-4, String(gap));
    else assert.ok(gap < 1e-6, String(gap));
  });
}

test("sides that do not halve down are refused", () => {
  const message = /30 x 30 cannot be halved.*28, 32, 48 or 64/;
  assert.throws(() => dcganGenerator({ imageShape: [30, 30, 1], random: random() }), message);
  assert.throws(() => dcganDiscriminator({ imageShape: [30, 30, 1], random: random() }), message);
});
