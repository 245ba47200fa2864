import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  ready,
  sampleStackedDigits,
  stackedDigitBatches,
  tf,
  type ImageDataset,
} from "gan-lib";

/** Two images of each of ten classes; every pixel of image i has the grey level 10 i, so that it tells which image it is. */
const tens: ImageDataset = {
  name: "tens",
  source: "package",
  split: "train",
  description: "twenty plain images",
  images: Uint8Array.from({ length: 20 * 6 }, (_, i) => 10 * Math.floor(i / 6)),
  labels: Uint8Array.from({ length: 20 }, (_, i) => i % 10),
  classNames: Array.from({ length: 10 }, (_, i) => String(i)),
  size: 20,
  imageShape: [2, 3, 1],
};

/** The class of the image that a pixel in [-1, 1] is of. */
const classAt = (pixel: number): number => (Math.round((pixel + 1) * 127.5) / 10) % 10;

before(ready);

test("the label is the mode: the classes of the channels, the first one the highest digit", () => {
  const { images, labels } = sampleStackedDigits(tens, 200, {
    channels: 3,
    random: createRandom(1),
  });
  assert.deepEqual([images.shape, labels.shape, labels.dtype], [[200, 2, 3, 3], [200], "int32"]);
  const pixels = images.arraySync();
  labels.dataSync().forEach((mode, i) => {
    for (const [a, b, c] of pixels[i]!.flat() as [number, number, number][])
      assert.equal(100 * classAt(a) + 10 * classAt(b) + classAt(c), mode);
  });
  assert.ok(new Set(labels.dataSync()).size > 150); // of 200 draws of 1,000 modes, 181 are expected to differ
});

test("each channel draws every image equally often, whatever the other channels hold", () => {
  const { images } = sampleStackedDigits(tens, 20_000, { channels: 2, random: createRandom(2) });
  const corner = tf
    .reshape(tf.slice(images, [0, 0, 0, 0], [-1, 1, 1, -1]), [-1, 2])
    .arraySync() as [number, number][];
  const counts = new Map<string, number>();
  for (const pair of corner) {
    const pictures = pair.map((pixel) => Math.round((pixel + 1) * 12.75)).join();
    counts.set(pictures, (counts.get(pictures) ?? 0) + 1);
  }
  assert.equal(counts.size, 400);
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 50) ** 2 / 50, 0);
  assert.ok(Math.abs(chiSquare - 399) < 4 * Math.sqrt(2 * 399), String(chiSquare));
});

test("batches are fresh, the same for the same stream, and go on where the stream was put back", () => {
  const random = createRandom(3);
  const batches = stackedDigitBatches(tens, { batchSize: 4, channels: 2, random });
  const modes = (): number[] => [...batches.next().value.labels.dataSync()];
  const first = modes();
  const position = random.state();
  const second = modes();
  assert.notDeepEqual(first, second);
  random.restore(position);
  assert.deepEqual(modes(), second);
  const again = stackedDigitBatches(tens, { batchSize: 4, channels: 2, random: createRandom(3) });
  assert.deepEqual([...again.next().value.labels.dataSync()], first);
});

test("what a batch makes is its images and its labels", () => {
  const before = tf.memory().numTensors;
  const { images, labels } = sampleStackedDigits(tens, 3, { random: createRandom(4) });
  assert.equal(tf.memory().numTensors - before, 2);
  tf.dispose([images, labels]);
});

test("coloured images and counts that make no sense are refused", () => {
  const random = createRandom(5);
  assert.throws(
    () => sampleStackedDigits({ ...tens, imageShape: [2, 1, 3] }, 1, { random }),
    /grey images \[height, width, 1\] are wanted, tens has \[2, 1, 3\]/,
  );
  assert.throws(
    () => sampleStackedDigits(tens, 0, { random }),
    /count must be a whole number of at least 1, got 0/,
  );
  assert.throws(
    () => sampleStackedDigits(tens, 1, { channels: 1.5, random }),
    /channels must be a whole number of at least 1, got 1.5/,
  );
});
