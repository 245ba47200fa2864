import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "gan-lib";
import { tensorGrid } from "gan-lib/dist/lesson/tensors";

test("a tensor of images becomes a grid and is not disposed", async () => {
  const images = tf.zeros([6, 4, 3, 3]);
  const grid = await tensorGrid(images, { columns: 2 });
  assert.equal(grid.alt, "Grid of 2 x 3 colour images, 3 x 4 pixels each.");
  assert.equal(images.isDisposed, false);
  images.dispose();
});

test("a tensor that is no batch of images is refused", async () => {
  await assert.rejects(tensorGrid(tf.zeros([6, 784])), /got \[6, 784\]/);
});
