import assert from "node:assert/strict";
import { before, test } from "node:test";
import { blurAndJpegCopies, createRandom, quantized, ready, tf } from "gan-lib";

before(ready);

/** One sharp image [1, 16, 16, 1], so often that each copy shows what was drawn for it. */
function same(count: number): tf.Tensor4D {
  const one = createRandom(3).uniform([1, 16, 16, 1], -1, 1) as tf.Tensor4D;
  return quantized(tf.tile(one, [count, 1, 1, 1]));
}

/** How many groups of twenty have copies that are the same as the first image of the input. */
function unchangedGroups(copies: tf.Tensor4D, images: tf.Tensor4D): number {
  const gaps = tf.max(tf.reshape(tf.abs(tf.sub(copies, images)), [-1, 20 * 256]), 1).dataSync();
  return Array.from(gaps).filter((gap) => gap < 1e-6).length;
}

test("about a quarter of the groups stays as it was, and twenty images in a row share what is drawn", () => {
  const images = same(2000);
  const copies = blurAndJpegCopies(images, createRandom(1));
  const unchanged = unchangedGroups(copies, images);
  assert.ok(unchanged >= 12 && unchanged <= 38, `${unchanged} of 100 groups are unchanged`); // 25 ± 3 deviations
  const groups = tf.reshape(copies, [100, 20, 256]);
  assert.equal(
    tf.max(tf.abs(tf.sub(groups, tf.slice(groups, [0, 0, 0], [-1, 1, -1])))).dataSync()[0],
    0,
  );
});

test("copies are sharper or softer by what is drawn, have 8 bits, and leave the images as they were", () => {
  const images = same(400);
  const before = images.dataSync().slice();
  const copies = blurAndJpegCopies(images, createRandom(2));
  assert.deepEqual(copies.shape, images.shape);
  assert.deepEqual(images.dataSync(), before);
  assert.equal(tf.max(tf.abs(tf.sub(copies, quantized(copies)))).dataSync()[0], 0);
  const contrasts = tf.moments(tf.reshape(copies, [400, 256]), 1).variance.dataSync();
  const kinds = new Set(Array.from(contrasts, (contrast) => contrast.toFixed(4)));
  assert.ok(kinds.size >= 10, `${kinds.size} different copies`);
  assert.ok(Math.min(...contrasts) < 0.5 * Math.max(...contrasts), "some are blurred strongly");
});

test("the same stream gives the same copies, also of a number that is not a multiple of twenty, and no tensor is left", () => {
  const images = same(33);
  const count = tf.memory().numTensors;
  const [first, second] = [1, 1].map((seed) => blurAndJpegCopies(images, createRandom(seed)));
  assert.equal(tf.memory().numTensors, count + 2);
  assert.equal(first!.shape[0], 33);
  assert.deepEqual(first!.dataSync(), second!.dataSync());
});

test("images of another shape are refused", () => {
  assert.throws(
    () => blurAndJpegCopies(tf.zeros([2, 16, 16, 2]), createRandom(1)),
    /blurAndJpegCopies/,
  );
});
