import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  blurred,
  createRandom,
  cropped,
  embedWatermark,
  jpegCompressed,
  peakSignalToNoise,
  quantized,
  readWatermark,
  ready,
  tf,
  watermarkCarriers,
} from "gan-lib";

before(ready);

const BITS = 16;
const payload = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0];
/** Smooth images, some of whose pixels are black or white as in drawings. */
const pictures = (count = 8, side = 32, channels = 1): tf.Tensor4D =>
  tf.tidy(() => {
    const smooth = blurred(
      createRandom(1).uniform([count, side, side, channels], -1, 1) as tf.Tensor4D,
      2,
    );
    return tf.clipByValue(tf.mul<tf.Tensor4D>(smooth, 6), -1, 1);
  });
/** The share of bits that are the payload's. */
const matches = (images: tf.Tensor4D, key = 5): number => {
  const bits = readWatermark(images, { key, bits: BITS }).bits.flat();
  return bits.filter((bit, i) => bit === payload[i % BITS]).length / bits.length;
};

test("the carriers are orthonormal, of middle frequency only, and the key's", () => {
  const carriers = watermarkCarriers(32, 24, { key: 5, bits: BITS });
  const products = tf.matMul(carriers, carriers, false, true);
  assert.ok((tf.max(tf.abs(tf.sub(products, tf.eye(BITS)))).dataSync()[0] ?? NaN) < 1e-5);
  const blockMeans = tf.avgPool(tf.reshape<tf.Rank.R4>(carriers, [BITS, 32, 24, 1]), 8, 8, "valid");
  assert.ok(
    (tf.max(tf.abs(blockMeans)).dataSync()[0] ?? NaN) < 1e-6,
    "no block becomes lighter or darker",
  );
  const same = watermarkCarriers(32, 24, { key: 5, bits: BITS });
  assert.deepEqual(same.dataSync(), carriers.dataSync());
  assert.notDeepEqual(
    watermarkCarriers(32, 24, { key: 6, bits: BITS }).dataSync(),
    carriers.dataSync(),
  );
});

test("one block, one bit: the carrier is the sum of its waves with the key's signs", () => {
  const carrier = watermarkCarriers(8, 8, { key: 1, bits: 1 })
    .reshape([8, 8])
    .arraySync() as number[][];
  const wave = (v: number, h: number): number => {
    let sum = 0;
    const cosine = (k: number, x: number): number =>
      Math.sqrt((k === 0 ? 1 : 2) / 8) * Math.cos((Math.PI * k * (2 * x + 1)) / 16);
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 8; x++) sum += carrier[y]![x]! * cosine(v, y) * cosine(h, x);
    return sum;
  };
  const waves = Array.from({ length: 64 }, (_, i) => ({
    order: Math.floor(i / 8) + (i % 8),
    part: wave(Math.floor(i / 8), i % 8),
  }));
  // Orders 2 … 6 hold 3 + 4 + 5 + 6 + 7 = 25 waves, each a 25th of the energy.
  for (const { order, part } of waves)
    assert.ok(
      Math.abs(Math.abs(part) - (order >= 2 && order <= 6 ? 1 / 5 : 0)) < 1e-5,
      `${order}: ${part}`,
    );
  assert.ok(waves.some(({ part }) => part > 0.1) && waves.some(({ part }) => part < -0.1));
});

test("what was embedded is read back, from grey and colour images, in whole bytes", () => {
  for (const channels of [1, 3]) {
    const images = pictures(8, 32, channels);
    const marked = embedWatermark(images, payload, { key: 5, bits: BITS, margin: 1 });
    assert.equal(matches(marked), 1);
    assert.ok((tf.max(tf.abs(tf.sub(marked, quantized(marked)))).dataSync()[0] ?? NaN) < 1e-6);
    const { correlations } = readWatermark(marked, { key: 5, bits: BITS });
    assert.ok(
      correlations.flat().every((value) => Math.abs(value) > 0.9),
      "each bit reaches about the margin, 1",
    );
  }
});

test("only the key reads it: with others, and from images without a mark, bits are coins", () => {
  const marked = embedWatermark(pictures(), payload, { key: 5, bits: BITS, margin: 1 });
  const mean = (share: (key: number) => number): number =>
    Array.from({ length: 40 }, (_, i) => share(100 + i)).reduce(
      (sum, value) => sum + value / 40,
      0,
    );
  assert.ok(Math.abs(mean((key) => matches(marked, key)) - 0.5) < 0.06);
  assert.ok(Math.abs(mean((key) => matches(pictures(), key)) - 0.5) < 0.06);
});

test("a bit that is there already costs nothing; a larger margin costs more and survives more", () => {
  const images = pictures();
  const once = embedWatermark(images, payload, { key: 5, bits: BITS, margin: 0.3 });
  const more = embedWatermark(images, payload, { key: 5, bits: BITS, margin: 1.5 });
  const [quiet, loud] = [once, more].map((marked) =>
    Math.min(...peakSignalToNoise(images, marked)),
  );
  assert.ok(quiet! > loud! + 6, `${quiet} ${loud}`);
  assert.ok(matches(jpegCompressed(more, 30)) > matches(jpegCompressed(once, 30)));
  const again = embedWatermark(more, payload, { key: 5, bits: BITS, margin: 0.3 });
  assert.equal(tf.max(tf.abs(tf.sub(again, more))).dataSync()[0], 0);
});

test("a mild JPEG leaves the mark; a crop that moves the grid does not", () => {
  const marked = embedWatermark(pictures(), payload, { key: 5, bits: BITS, margin: 1 });
  assert.ok(matches(jpegCompressed(marked, 75)) > 0.95);
  assert.ok(Math.abs(matches(cropped(marked, 0.3)) - 0.5) < 0.2);
});

test("bad input is named", () => {
  const images = pictures(1);
  assert.throws(
    () => embedWatermark(images, [1, 0], { key: 1, bits: 3 }),
    /must be 3 bits, each 0 or 1, got 2/,
  );
  assert.throws(
    () => embedWatermark(images, [1, 0, 2], { key: 1, bits: 3 }),
    /got 3 with 2 among them/,
  );
  assert.throws(
    () => embedWatermark(images, [1], { key: 1, bits: 1, margin: 0 }),
    /margin must be above 0, got 0/,
  );
  assert.throws(() => readWatermark(images, { key: 1, bits: 0 }), /watermark: bits/);
  assert.throws(
    () => readWatermark(tf.zeros([1, 8, 8, 1]), { key: 1, bits: 26 }),
    /8 x 8 pixels has 25 waves.*too few for 26 bits/,
  );
  assert.throws(() => readWatermark(tf.zeros([1, 7, 7, 1]), { key: 1, bits: 1 }), /0 waves/);
  assert.throws(
    () => readWatermark(tf.zeros([1, 8, 8, 2]), { key: 1, bits: 1 }),
    /\[N, height, width, 1 or 3\]/,
  );
});

test("nothing is left behind", () => {
  const images = pictures(2);
  const before = tf.memory().numTensors;
  tf.dispose(embedWatermark(images, payload, { key: 5, bits: BITS }));
  readWatermark(images, { key: 5, bits: BITS });
  peakSignalToNoise(images, images);
  assert.equal(tf.memory().numTensors, before);
});
