import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  blurred,
  createRandom,
  cropped,
  decodeImage,
  encodeJpeg,
  encodePng,
  jpegCompressed,
  noisy,
  quantized,
  ready,
  resized,
  tf,
  throughPipeline,
} from "gan-lib";
import { fromPixels, toPixels } from "gan-lib/dist/detection/images";

before(ready);

/** Smooth colour images. */
const photos = (side = 32, channels = 3): tf.Tensor4D =>
  blurred(createRandom(1).uniform([4, side, side, channels], -1, 1) as tf.Tensor4D, 2);
const apart = (a: tf.Tensor, b: tf.Tensor): number =>
  tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!);
const rms = (a: tf.Tensor, b: tf.Tensor): number =>
  tf.tidy(() => Math.sqrt(tf.mean(tf.squaredDifference(a, b)).dataSync()[0]!));

test("bytes: half a level is what rounding loses at most, and the levels are those of a PNG", async () => {
  const images = photos();
  const once = quantized(images);
  assert.ok(apart(images, once) <= 1 / 255 + 1e-6 && apart(images, once) > 0.5 / 255);
  assert.ok(apart(quantized(once), once) < 1e-6);
  const pictures = toPixels("test", images).map((pixels) => decodeImage(encodePng(pixels)));
  assert.ok(apart(fromPixels(await Promise.all(pictures), 3), once) < 1e-6);
  assert.ok(apart(quantized(tf.fill([1, 2, 2, 1], 3)), tf.ones([1, 2, 2, 1])) < 1e-6);
});

test("JPEG: a real codec, and the worse the quality the farther from the image", async () => {
  for (const channels of [1, 3]) {
    const images = photos(32, channels);
    const [low, middle, high] = [10, 50, 95].map((quality) =>
      rms(images, jpegCompressed(images, quality)),
    );
    assert.ok(high! < 0.03 && high! < middle! && middle! < low!, `${high} ${middle} ${low}`);
    assert.deepEqual(jpegCompressed(images, 50).shape, images.shape);
  }
  const files = toPixels("test", photos()).map((pixels) => encodeJpeg(pixels, 80));
  assert.deepEqual([files[0]![0], files[0]![1]], [0xff, 0xd8]);
  const decoded = fromPixels(await Promise.all(files.map((file) => decodeImage(file))), 3);
  assert.equal(apart(decoded, jpegCompressed(photos(), 80)), 0); // as the decoder of files has it
  assert.throws(() => jpegCompressed(photos(), 0.5), /whole number from 1 to 100, got 0.5/);
});

test("what is transparent lets white through", () => {
  const rgba = Uint8ClampedArray.from([0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 51, 10, 20, 30, 255]);
  const image = fromPixels([{ width: 2, height: 2, rgba }], 3);
  const bytes = Array.from(tf.mul(tf.add(image, 1), 127.5).dataSync(), Math.round);
  assert.deepEqual(bytes, [255, 255, 255, 255, 0, 0, 204, 204, 204, 10, 20, 30]);
});

test("blur: a point becomes the Gaussian, a constant stays, and 0 changes nothing", () => {
  const point = tf
    .oneHot(tf.tensor1d([7 * 15 + 7], "int32"), 225)
    .reshape([1, 15, 15, 1])
    .toFloat() as tf.Tensor4D;
  const spread = blurred(point, 1.5).reshape([15, 15]).arraySync() as number[][];
  const expected = (d: number): number => Math.exp(-(d ** 2) / (2 * 1.5 ** 2));
  assert.ok(Math.abs(spread[7]![9]! / spread[7]![7]! - expected(2)) < 1e-5);
  assert.ok(Math.abs(spread[9]![7]! / spread[7]![7]! - expected(2)) < 1e-5);
  assert.ok(Math.abs(spread.flat().reduce((sum, value) => sum + value, 0) - 1) < 1e-5);
  assert.ok(apart(blurred(tf.fill([1, 9, 9, 3], 0.7), 2), tf.fill([1, 9, 9, 3], 0.7)) < 1e-6);
  assert.equal(apart(blurred(photos(), 0), photos()), 0);
  assert.throws(() => blurred(photos(), -1), /got -1/);
  assert.throws(() => blurred(photos(), 20), /less than a third of the image's 32/);
});

test("beyond the border the outermost pixels go on: nothing of a bright edge is lost", () => {
  const edge = tf.pad<tf.Tensor4D>(tf.ones([1, 15, 1, 1]), [
    [0, 0],
    [0, 0],
    [0, 14],
    [0, 0],
  ]); // the first column is bright
  const row = blurred(edge, 1).slice([0, 7, 0, 0], [1, 1, 15, 1]).dataSync();
  const weights = [-3, -2, -1, 0, 1, 2, 3].map((d) => Math.exp(-(d ** 2) / 2));
  const share = (from: number): number =>
    weights.slice(from).reduce((sum, weight) => sum + weight, 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  assert.ok(
    Math.abs(row[0]! - share(3)) < 1e-5 && Math.abs(row[1]! - share(4)) < 1e-5,
    `${row[0]} ${row[1]}`,
  );
});

test("scaled to half, a pixel is the mean of two by two", () => {
  const columns = tf.tile<tf.Tensor4D>(
    tf.tensor4d([-0.6, -0.2, 0.2, 0.6], [1, 1, 4, 1]),
    [1, 4, 1, 1],
  );
  const half = throughPipeline(columns, { side: 2 }).dataSync();
  [-0.4, 0.4, -0.4, 0.4].forEach((value, i) =>
    assert.ok(Math.abs(half[i]! - value) < 1.5 / 255, `${half[i]}`),
  );
  const wide = throughPipeline(tf.zeros([1, 4, 8, 3]), { side: 4 });
  assert.deepEqual(wide.shape, [1, 4, 4, 3]);
});

test("scaling loses fine detail and keeps the coarse; cropping enlarges the middle", () => {
  const fine = createRandom(2).uniform([1, 32, 32, 1], -1, 1) as tf.Tensor4D;
  const coarse = blurred(fine, 4);
  assert.ok(rms(fine, resized(fine, 0.5)) > 0.3);
  assert.ok(rms(coarse, resized(coarse, 0.5)) < 0.05);
  assert.ok(apart(resized(fine, 1), fine) < 1e-6);
  assert.throws(() => resized(fine, 0.001), /at least one pixel/);
  const square = tf.pad<tf.Tensor4D>(tf.ones([1, 16, 16, 1]), [
    [0, 0],
    [8, 8],
    [8, 8],
    [0, 0],
  ]);
  assert.ok(apart(cropped(square, 0.5), tf.ones([1, 32, 32, 1])) < 1e-6);
  assert.equal(apart(cropped(square, 0), square), 0);
  assert.throws(() => cropped(square, 1), /below 1, got 1/);
});

test("noise has its deviation, stays in range, and is the stream's", () => {
  const grey = tf.zeros<tf.Rank.R4>([1, 64, 64, 3]);
  const once = noisy(grey, 0.1, createRandom(1));
  assert.ok(Math.abs(rms(once, grey) - 0.1) < 0.005);
  assert.equal(apart(once, noisy(grey, 0.1, createRandom(1))), 0);
  assert.equal(tf.max(noisy(tf.ones([1, 8, 8, 1]), 0.5, createRandom(1))).dataSync()[0], 1);
  assert.throws(() => noisy(grey, -1, createRandom(1)), /at least 0, got -1/);
});

test("the pipeline: one size, then bytes or a JPEG", () => {
  const images = photos(48);
  assert.deepEqual(throughPipeline(images, { side: 32, quality: 75 }).shape, [4, 32, 32, 3]);
  assert.ok(apart(throughPipeline(images, {}), quantized(images)) < 1e-6);
  assert.ok(
    apart(throughPipeline(images, { side: 48, quality: 60 }), jpegCompressed(images, 60)) < 1e-6,
  );
});

test("no perturbation leaves a tensor behind", () => {
  const images = photos();
  const before = tf.memory().numTensors;
  tf.dispose([
    quantized(images),
    jpegCompressed(images, 50),
    blurred(images, 1),
    blurred(images, 0),
    resized(images, 0.5),
    cropped(images, 0.2),
    noisy(images, 0.1, createRandom(1)),
    throughPipeline(images, { side: 16 }),
  ]);
  assert.equal(tf.memory().numTensors, before);
  assert.throws(() => jpegCompressed(tf.fill([1, 2, 2, 1], NaN), 50), /finite, got NaN in image 0/);
});
