import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { batches, type BatchIterator } from "gan-lib/dist/data/batches";
import type { ImageDataset } from "gan-lib/dist/data/ImageDataset";
import { createRandom } from "gan-lib/dist/ops/random";

/** Ten images of one pixel; image i has the level 20 i and the label i. */
const TEN: ImageDataset = {
  name: "ten",
  source: "package",
  split: "train",
  description: "ten images of one pixel",
  images: Uint8Array.from({ length: 10 }, (_, i) => 20 * i),
  labels: Uint8Array.from({ length: 10 }, (_, i) => i),
  classNames: Array.from({ length: 10 }, (_, i) => String(i)),
  size: 10,
  imageShape: [1, 1, 1],
};

/** The labels of the next `count` batches, whose images are checked against them. */
function drawn(iterator: BatchIterator, count: number): number[][] {
  return Array.from({ length: count }, () => {
    const { images, labels } = iterator.next().value;
    const numbers = Array.from(labels.dataSync());
    assert.equal(labels.dtype, "int32");
    assert.deepEqual(images.shape, [numbers.length, 1, 1, 1]);
    images
      .dataSync()
      .forEach((value, i) =>
        assert.equal(Math.round((value + 1) * 127.5), 20 * (numbers[i] ?? NaN)),
      );
    tf.dispose([images, labels]);
    return numbers;
  });
}

const start = (seed = 1, batchSize = 3): BatchIterator =>
  batches(TEN, { batchSize, random: createRandom(seed) });

before(ready);

test("an epoch shows each image at most once, whole batches only, and the next has another order", () => {
  const iterator = start();
  const first = drawn(iterator, 3);
  assert.equal(iterator.epoch, 0);
  assert.equal(new Set(first.flat()).size, 9);
  const second = drawn(iterator, 3);
  assert.equal(iterator.epoch, 1);
  assert.equal(new Set(second.flat()).size, 9);
  assert.notDeepEqual(second, first);
  assert.equal(new Set(drawn(start(1, 5), 2).flat()).size, 10);
});

test("the same seed gives the same batches, another seed others", () => {
  assert.deepEqual(drawn(start(1), 10), drawn(start(1), 10));
  assert.notDeepEqual(drawn(start(1), 10), drawn(start(2), 10));
});

test("drawing from the stream elsewhere changes nothing", () => {
  const random = createRandom(1);
  random.next();
  assert.deepEqual(drawn(batches(TEN, { batchSize: 3, random }), 5), drawn(start(1), 5));
});

test("an iterator goes on from its written-down state, also into the next epochs", () => {
  for (const before of [0, 1, 3, 4, 8]) {
    const iterator = start();
    drawn(iterator, before);
    const state: unknown = JSON.parse(JSON.stringify(iterator.state()));
    const expected = drawn(iterator, 8);
    const resumed = start();
    drawn(resumed, 2);
    resumed.restore(state as ReturnType<typeof iterator.state>);
    assert.deepEqual(drawn(resumed, 8), expected, `after ${before} batches`);
  }
});

test("a state of another run is refused", () => {
  const state = start().state();
  assert.throws(() => start(1, 5).restore(state), /batchSize 3, this iterator has 5/);
  assert.throws(() => start(2).restore(state), /RandomStream.restore/);
});

test("it can be used with for … of", () => {
  let seen = 0;
  for (const batch of start()) {
    tf.dispose([batch.images, batch.labels]);
    if (++seen === 7) break;
  }
  assert.equal(seen, 7);
});

test("a batch size that cannot be is an error", () => {
  for (const wrong of [0, -1, 2.5, 11, NaN])
    assert.throws(() => start(1, wrong), /batchSize must be a whole number from 1 to 10/);
});

test("batches that were disposed leave no tensors behind", () => {
  const iterator = start();
  const count = tf.memory().numTensors;
  drawn(iterator, 20);
  assert.equal(tf.memory().numTensors, count);
});
