/** The image pool: what it hands on, whether its draws are its stream's, and that a checkpoint keeps it. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  compile,
  createRandom,
  imagePool,
  loadCheckpoint,
  ready,
  saveCheckpoint,
  tf,
} from "gan-lib";

before(ready);

const SIZE = 5;
const make = (random = createRandom(1)) =>
  ({ pool: imagePool({ imageShape: [1, 1, 1], size: SIZE, random }), random }) as const;
/** Images that are numbers. */
const numbered = (first: number, count = 3): tf.Tensor =>
  tf.reshape(tf.range(first, first + count), [count, 1, 1, 1]);
const exchanged = (pool: tf.LayersModel, images: tf.Tensor): number[] => [
  ...(pool.apply(images, { training: true }) as tf.Tensor).dataSync(),
];

/** The pool as its paper tells it, in plain JavaScript, from the same draws. */
function told(count: number, batch: number): number[][] {
  const random = createRandom(1);
  const kept: number[] = [];
  return Array.from({ length: count }, (_, k) => {
    const draws = random.uniform([batch, 2]).dataSync();
    return Array.from({ length: batch }, (_, i) => {
      const image = 1 + k * batch + i;
      if (kept.length < SIZE) return (kept.push(image), image);
      if (draws[2 * i]! >= 0.5) return image;
      const place = Math.floor(draws[2 * i + 1]! * SIZE);
      const [old] = kept.splice(place, 1, image);
      return old!;
    });
  });
}

test("the pool hands on what its paper says, also as a graph, one image of a batch after the other", () => {
  const wanted = told(30, 3);
  for (const compiled of [false, true]) {
    const { pool } = make();
    const exchange = (images: tf.Tensor): tf.Tensor =>
      pool.apply(images, { training: true }) as tf.Tensor;
    const step = compiled ? compile(exchange) : exchange;
    const got = Array.from({ length: 30 }, (_, k) => [...step(numbered(1 + 3 * k)).dataSync()]);
    assert.deepEqual(got, wanted);
  }
  const returned = wanted.flat().filter((image, i) => image !== 1 + i);
  assert.ok(
    returned.length > 25 && returned.length < 60,
    `${returned.length} of 85 were exchanged`,
  );
});

test("outside of training images pass, and the pool stays", () => {
  const { pool } = make();
  const before = pool.getWeights().map((weight) => [...weight.dataSync()]);
  assert.deepEqual([...(pool.predict(numbered(1)) as tf.Tensor).dataSync()], [1, 2, 3]);
  assert.deepEqual(
    pool.getWeights().map((weight) => [...weight.dataSync()]),
    before,
  );
  assert.equal(pool.trainableWeights.length, 0);
  assert.throws(
    () => imagePool({ imageShape: [1, 1, 1], size: 0, random: createRandom(1) }),
    /imagePool: size/,
  );
});

test("a checkpoint keeps the pool's images and where its stream stands", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gan-lib-pool-"));
  try {
    const [first, second] = [make(), make()];
    for (let k = 0; k < 5; k++) exchanged(first.pool, numbered(1 + 3 * k));
    const parts = ({ pool, random }: typeof first) => ({
      models: { pool },
      optimizers: {},
      streams: { random },
    });
    await saveCheckpoint(folder, parts(first), { step: 5 });
    await loadCheckpoint(folder, parts(second));
    for (let k = 5; k < 15; k++)
      assert.deepEqual(
        exchanged(second.pool, numbered(1 + 3 * k)),
        exchanged(first.pool, numbered(1 + 3 * k)),
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
