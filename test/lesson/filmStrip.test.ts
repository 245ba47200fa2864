import assert from "node:assert/strict";
import { test } from "node:test";
import { createCanvas, loadImage } from "canvas";
import { filmStrip, scatter2d, tf, type Frame, type ImageGrid } from "gan-lib";

/** Two images of 8 x 8 pixels of one grey each. */
function frame(label: string, first: number, second: number): Frame<tf.Tensor> {
  const picture = tf.tidy(() =>
    tf.concat([tf.fill([1, 8, 8, 1], first), tf.fill([1, 8, 8, 1], second)]),
  );
  return { label, picture };
}

const cloud = (label: string, x: number): Frame<ReturnType<typeof scatter2d>> => ({
  label,
  picture: scatter2d({ real: [[0, 0]], fake: [[x, 1]] }),
});

/** The grey levels met from left to right along a line of pixels, without the white of gaps. */
async function greysOf({ png, width }: ImageGrid, y: number): Promise<number[]> {
  const canvas = createCanvas(width, 1);
  const context = canvas.getContext("2d");
  context.drawImage(await loadImage(png), 0, -y);
  const { data } = context.getImageData(0, 0, width, 1);
  const greys = Array.from({ length: width }, (_, x) => data[4 * x] ?? 0);
  return greys.filter((grey, x) => grey < 250 && grey !== greys[x - 1]);
}

test("a film of images has a column a moment and a row an image", async () => {
  const frames = [frame("step 0", -1, -0.5), frame("step 9", 0, 0.5)];
  const before = tf.memory().numTensors;
  const strip = (await filmStrip(frames, { title: "Two latent vectors" })) as ImageGrid;
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(await greysOf(strip, strip.height - 80), [0, 128]);
  assert.deepEqual(await greysOf(strip, strip.height - 20), [64, 191]);
  assert.equal(strip.alt, "Two latent vectors: the same images at step 0, step 9.");
});

test("a film of charts stands side by side, each chart named by its moment", async () => {
  const strip = await filmStrip([cloud("step 0", 1), cloud("step 9", 2)], { title: "The cloud" });
  const { title, columns, concat } = strip as unknown as {
    title: string;
    columns: number;
    concat: readonly { title: string; width: number }[];
  };
  assert.deepEqual([title, columns], ["The cloud", 2]);
  assert.deepEqual(
    concat.map((chart) => [chart.title, chart.width]),
    [
      ["step 0", 150],
      ["step 9", 150],
    ],
  );
});

test("no frames, frames of two kinds and of two shapes are refused", async () => {
  const images = frame("step 0", 0, 0);
  await assert.rejects(filmStrip([]), /at least one frame/);
  const mixed = [images, cloud("step 1", 1)] as unknown as Frame<tf.Tensor>[];
  await assert.rejects(filmStrip(mixed), /all images or all charts/);
  const other = { label: "step 1", picture: tf.zeros([3, 8, 8, 1]) };
  await assert.rejects(
    filmStrip([images, other]),
    /one shape, got 2 x 8 x 8 x 1 and 3 x 8 x 8 x 1/,
  );
});
