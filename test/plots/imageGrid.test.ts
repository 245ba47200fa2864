import assert from "node:assert/strict";
import { test } from "node:test";
import { createCanvas, loadImage } from "canvas";
import { imageGrid, type ImageGrid } from "gan-lib/dist/plots/imageGrid";

/** Reads the colour of a pixel of the PNG. */
async function pixelsOf(grid: ImageGrid): Promise<(x: number, y: number) => number[]> {
  const canvas = createCanvas(grid.width, grid.height);
  const context = canvas.getContext("2d");
  context.drawImage(await loadImage(grid.png), 0, 0);
  return (x, y) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
}

const grey = (values: number[]): number[] => values.map((value) => value);

test("each pixel becomes a sharp square of its own grey", async () => {
  const grid = imageGrid({ data: grey([-1, 1, 0, -0.5]), shape: [1, 2, 2, 1] }, { scale: 4 });
  const at = await pixelsOf(grid);
  assert.deepEqual([grid.width, grid.height], [2 + 8 + 2, 2 + 8 + 2]);
  for (const [x, y] of [
    [2, 2],
    [5, 5],
  ] as const)
    assert.deepEqual(at(x, y), [0, 0, 0]);
  for (const [x, y] of [
    [6, 2],
    [9, 5],
  ] as const)
    assert.deepEqual(at(x, y), [255, 255, 255]);
  for (const [x, y] of [
    [2, 6],
    [5, 9],
  ] as const)
    assert.deepEqual(at(x, y), [128, 128, 128]);
  assert.deepEqual(at(9, 9), [64, 64, 64]);
});

test("colours keep their channels, and pictures go row by row with a gap between", async () => {
  const red = [1, -1, -1];
  const green = [-1, 1, -1];
  const blue = [-1, -1, 1];
  const at = await pixelsOf(
    imageGrid({ data: [...red, ...green, ...blue], shape: [3, 1, 1, 3] }, { columns: 2, scale: 3 }),
  );
  assert.deepEqual(at(3, 3), [255, 0, 0]);
  assert.deepEqual(at(5, 3), [255, 255, 255]);
  assert.deepEqual(at(8, 3), [0, 255, 0]);
  assert.deepEqual(at(3, 8), [0, 0, 255]);
});

test("the alternative text says what the grid holds", () => {
  const images = { data: new Float32Array(25 * 4), shape: [25, 2, 2, 1] };
  assert.equal(imageGrid(images).alt, "Grid of 5 x 5 grey images, 2 x 2 pixels each.");
  assert.equal(
    imageGrid(images, { title: "Step 3" }).alt,
    "Step 3: grid of 5 x 5 grey images, 2 x 2 pixels each.",
  );
  assert.equal(
    imageGrid(images, { columns: 4, rows: 2 }).alt,
    "Grid of 4 x 2 grey images, 2 x 2 pixels each. The first 8 of 25 images are shown.",
  );
  assert.equal(imageGrid(images, { alt: "Mine." }).alt, "Mine.");
});

test("Jupyter is given the PNG and its text", () => {
  const grid = imageGrid({ data: [0], shape: [1, 1, 1, 1] });
  const bundle = (grid as unknown as Record<symbol, () => unknown>)[
    Symbol.for("Jupyter.display")
  ]?.();
  assert.deepEqual(bundle, { "image/png": grid.png, "text/plain": grid.alt });
});

test("labels and a title get room and are written there", async () => {
  const images = { data: new Array<number>(4).fill(1), shape: [4, 1, 1, 1] };
  const bare = imageGrid(images, { scale: 20 });
  const labelled = imageGrid(images, {
    scale: 20,
    title: "A title",
    labels: { rows: ["first", "second"], columns: ["a", "b"] },
  });
  assert.ok(labelled.width > bare.width && labelled.height > bare.height);
  const at = await pixelsOf(labelled);
  const dark = (left: number, top: number, right: number, bottom: number): boolean => {
    for (let x = left; x < right; x++)
      for (let y = top; y < bottom; y++) if (at(x, y)[0]! < 100) return true;
    return false;
  };
  assert.ok(dark(0, 0, labelled.width, 22), "the title");
  assert.ok(dark(0, 22, labelled.width, 44), "the columns' labels");
  assert.ok(dark(0, 46, 40, labelled.height), "the rows' labels");
});

test("pictures that make no sense are refused", () => {
  const shape = [1, 1, 2, 1];
  assert.throws(() => imageGrid({ data: [0, NaN], shape }), /Pixel value 1 of the images is NaN/);
  assert.throws(
    () => imageGrid({ data: [0, 1.01], shape }),
    /must lie in \[-1, 1\]; value 1 is 1\.01/,
  );
  assert.throws(() => imageGrid({ data: [-2, 0], shape }), /value 0 is -2/);
  assert.throws(() => imageGrid({ data: [0], shape }), /\[1, 1, 2, 1\] have 2 values, got 1/);
  assert.throws(
    () => imageGrid({ data: [0, 0], shape: [1, 2] }),
    /shape \[N, height, width, 1 or 3\], got \[1, 2\]/,
  );
  assert.throws(() => imageGrid({ data: [0, 0], shape: [1, 1, 1, 2] }), /got \[1, 1, 1, 2\]/);
  assert.throws(() => imageGrid({ data: [], shape: [0, 1, 1, 1] }), /got \[0, 1, 1, 1\]/);
  assert.throws(
    () => imageGrid({ data: [0, 0], shape }, { scale: 1.5 }),
    /scale must be a whole number of at least 1, got 1\.5/,
  );
  assert.throws(() => imageGrid({ data: [0, 0], shape }, { columns: 0 }), /columns must be/);
});

test("rounding just beyond the range is drawn as the range's end", async () => {
  const at = await pixelsOf(imageGrid({ data: [1.0005], shape: [1, 1, 1, 1] }));
  assert.deepEqual(at(2, 2), [255, 255, 255]);
});
