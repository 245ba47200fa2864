import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { pairBatches, unpairedBatches } from "gan-lib/dist/data/pairs";
import type { ImageDataset } from "gan-lib/dist/data/ImageDataset";
import { createRandom } from "gan-lib/dist/ops/random";

/** Images of one grey pixel; image i has the level `first` + i. */
const greys = (name: string, size: number, first = 0): ImageDataset => ({
  name,
  source: "package",
  split: "train",
  description: `${size} images of one pixel`,
  images: Uint8Array.from({ length: size }, (_, i) => first + i),
  labels: new Uint8Array(size),
  classNames: ["all"],
  size,
  imageShape: [1, 1, 1],
});

const SKETCHES = greys("sketches", 10);
const COLOURS = greys("colours", 10, 100);
const MANY = greys("many", 25, 200);

/** The levels of the next `count` batches by the fields of a batch, whose tensors are disposed. */
function levels(batches: Iterator<object>, count: number): Record<string, number[]>[] {
  return Array.from({ length: count }, () => {
    const batch = batches.next().value as Readonly<Record<string, tf.Tensor>>;
    const entries = Object.entries(batch).map(([name, images]) => {
      assert.deepEqual(images.shape, [3, 1, 1, 1]);
      return [name, Array.from(images.dataSync(), (v) => Math.round((v + 1) * 127.5))];
    });
    tf.dispose(batch);
    return Object.fromEntries(entries) as Record<string, number[]>;
  });
}

const paired = (seed = 1, batchSize = 3): ReturnType<typeof pairBatches> =>
  pairBatches(SKETCHES, COLOURS, { batchSize, random: createRandom(seed) });
const unpaired = (seed = 1, a = SKETCHES, b = MANY): ReturnType<typeof unpairedBatches> =>
  unpairedBatches(a, b, { batchSize: 3, random: createRandom(seed) });

before(ready);

test("pairs stay together, each at most once in an epoch, in another order the next", () => {
  const epochs = [levels(paired(), 3), levels(paired(), 6).slice(3)];
  for (const epoch of epochs) {
    for (const { source, target } of epoch)
      assert.deepEqual(
        target,
        source!.map((level) => level + 100),
      );
    assert.equal(new Set(epoch.flatMap(({ source }) => source)).size, 9);
  }
  assert.notDeepEqual(epochs[0], epochs[1]);
});

test("unpaired batches go through each set by its own epochs", () => {
  const drawn = levels(unpaired(), 8);
  const of = (batches: typeof drawn, domain: "a" | "b"): Set<number> =>
    new Set(batches.flatMap((batch) => batch[domain]!));
  assert.equal(of(drawn.slice(0, 3), "a").size, 9);
  assert.equal(of(drawn.slice(3, 6), "a").size, 9);
  assert.equal(of(drawn, "b").size, 24);
});

test("two sets of one size are not paired by accident", () => {
  const drawn = levels(unpaired(1, SKETCHES, COLOURS), 9);
  const together = drawn.flatMap(({ a, b }) => a!.filter((level, i) => b![i] === level + 100));
  assert.ok(together.length < 9, `${together.length} of 27`);
});

test("the same seed gives the same batches, another seed others", () => {
  for (const start of [paired, unpaired]) {
    const first = levels(start(1), 10);
    assert.deepEqual(levels(start(1), 10), first);
    assert.notDeepEqual(levels(start(2), 10), first);
  }
});

test("they go on from their written-down state, also into the next epochs", () => {
  for (const drawnBefore of [0, 1, 3, 4, 8]) {
    const pairs = [paired(), paired()] as const;
    const others = [unpaired(), unpaired()] as const;
    levels(pairs[0], drawnBefore);
    levels(others[0], drawnBefore);
    pairs[1].restore(written(pairs[0].state()));
    others[1].restore(written(others[0].state()));
    assert.deepEqual(pairs[1].state(), pairs[0].state());
    assert.deepEqual(others[1].state(), others[0].state());
    assert.deepEqual(levels(pairs[1], 8), levels(pairs[0], 8), `pairs after ${drawnBefore}`);
    assert.deepEqual(levels(others[1], 9), levels(others[0], 9), `unpaired after ${drawnBefore}`);
  }
});

const written = <T>(state: T): T => JSON.parse(JSON.stringify(state)) as T;

test("a state of another run is refused", () => {
  const state = paired().state();
  assert.throws(() => paired(1, 5).restore(state), /batchSize 3, this iterator has 5/);
  assert.throws(() => paired(2).restore(state), /RandomStream.restore/);
  const swapped = pairBatches(COLOURS, SKETCHES, { batchSize: 3, random: createRandom(1) });
  assert.throws(
    () => swapped.restore(state),
    /dataset sketches with colours, this iterator has colours with sketches/,
  );
  assert.throws(
    () => unpaired(1, SKETCHES, COLOURS).restore(unpaired().state()),
    /dataset many, this iterator has colours/,
  );
});

test("sets of different sizes are no pairs", () => {
  assert.throws(
    () => pairBatches(SKETCHES, MANY, { batchSize: 3, random: createRandom(1) }),
    /sketches has 10 images, many 25.*unpairedBatches/,
  );
});

test("a batch size that cannot be is an error, and names the set", () => {
  const random = createRandom(1);
  for (const batchSize of [0, 2.5, 11, NaN]) {
    assert.throws(
      () => pairBatches(SKETCHES, COLOURS, { batchSize, random }),
      /pairBatches: batchSize must be a whole number from 1 to 10, the size of sketches with colours/,
    );
    assert.throws(
      () => unpairedBatches(MANY, SKETCHES, { batchSize, random }),
      batchSize === 11
        ? /unpairedBatches: .* 10, the size of sketches, got 11/
        : /unpairedBatches: .* 25, the size of many/,
    );
  }
});

test("batches that were disposed leave no tensors behind", () => {
  const count = tf.memory().numTensors;
  levels(paired(), 20);
  levels(unpaired(), 20);
  assert.equal(tf.memory().numTensors, count);
});
