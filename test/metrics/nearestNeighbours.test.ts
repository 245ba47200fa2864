import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, nearestNeighbours, ready, tf } from "gan-lib";

before(ready);

test("the nearest of points on a line, with distances computed by hand", () => {
  const reference = tf.tensor2d([[0], [10], [13]]);
  const { index, distance } = nearestNeighbours(tf.tensor2d([[4], [11], [12], [10]]), reference);
  assert.deepEqual(index, [0, 1, 2, 1]);
  assert.deepEqual(distance, [4, 1, 1, 0]);
});

test("an image's own copy is at exactly 0, however far from the origin both lie", () => {
  const images = tf.add(1000, createRandom(1).normal([300, 4, 4, 1]));
  const { index, distance } = nearestNeighbours(tf.slice(images, 3, 290), images);
  assert.equal(index.length, 290);
  assert.ok(distance.filter((one) => one === 0).length > 250);
});

test("more samples than a block agree with a comparison of every pair", () => {
  const random = createRandom(2);
  const [samples, reference] = [random.normal([600, 5]), random.normal([40, 5])];
  const found = nearestNeighbours(samples, reference);
  const [rows, others] = [samples, reference].map((set) => set.arraySync() as number[][]);
  rows!.forEach((row, i) => {
    const apart = others!.map((other) => Math.hypot(...row.map((x, d) => x - other[d]!)));
    assert.equal(found.index[i], apart.indexOf(Math.min(...apart)));
    assert.ok(Math.abs(found.distance[i]! - Math.min(...apart)) < 1e-5);
  });
});

test("other shapes, empty sets and numbers that are not finite are refused by name; nothing is disposed or left", () => {
  const three = tf.zeros([3, 2, 2, 1]);
  const before = tf.memory().numTensors;
  assert.throws(
    () => nearestNeighbours(three, tf.keep(tf.zeros([3, 4]))),
    /nearestNeighbours: .*\[3, 2, 2, 1\] and \[3, 4\]/,
  );
  assert.throws(() => nearestNeighbours(tf.keep(tf.zeros([0, 2, 2, 1])), three), /neither empty/);
  const broken = tf.keep(tf.fill([1, 2, 2, 1], NaN));
  assert.throws(() => nearestNeighbours(broken, three), /NaN or infinite/);
  assert.throws(() => nearestNeighbours(three, broken), /NaN or infinite/);
  assert.equal(tf.memory().numTensors, before + 3);
  assert.equal(three.isDisposed, false);
});
