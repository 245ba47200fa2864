import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { batches, createRandom, encodeJpeg, encodePng, imageFolder, tf, toTensor } from "gan-lib";

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), "pictures-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A picture of one colour, with other stripes at both ends of its longer side. */
function png(
  width: number,
  height: number,
  [red, green, blue, alpha = 255]: readonly number[],
): Uint8Array {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const inMiddle = Math.abs(x - (width - 1) / 2) < height / 2;
    rgba.set(inMiddle ? [red ?? 0, green ?? 0, blue ?? 0, alpha] : [255, 0, 255, 255], 4 * i);
  }
  return encodePng({ width, height, rgba });
}

test("pictures become squares of their middle, scaled down, in [-1, 1]", async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(path.join(folder, "wide.png"), png(64, 16, [255, 0, 0]));
  const data = await imageFolder(folder, { size: 8 });
  assert.deepEqual([data.size, data.imageShape, data.leftOut], [1, [8, 8, 3], []]);
  const [red, green, blue] = tf.unstack(tf.mean(toTensor(data), [0, 1, 2]));
  assert.ok((red?.dataSync()[0] ?? 0) > 0.99);
  assert.ok((green?.dataSync()[0] ?? 0) < -0.99 && (blue?.dataSync()[0] ?? 0) < -0.9);
  const batch = batches(data, { batchSize: 1, random: createRandom(1) }).next().value;
  assert.deepEqual(batch.images.shape, [1, 8, 8, 3]);
  const grey = await imageFolder(folder, { size: 8, channels: 1 });
  assert.deepEqual(grey.imageShape, [8, 8, 1]);
});

test("what is transparent becomes white", async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(path.join(folder, "a.png"), png(16, 16, [0, 0, 0, 0]));
  const data = await imageFolder(folder, { size: 8 });
  assert.ok(data.images.every((byte) => byte > 250));
});

test("the order is drawn by the seed, and the same each time", async (t) => {
  const folder = emptyFolder(t);
  for (let i = 0; i < 12; i++)
    writeFileSync(path.join(folder, `${i}.png`), png(8, 8, [20 * i, 20 * i, 20 * i]));
  const order = async (seed?: number): Promise<number[]> => {
    const options = seed === undefined ? { size: 8 } : { size: 8, seed };
    const { images } = await imageFolder(folder, options);
    return Array.from({ length: 12 }, (_, i) => images[i * 8 * 8 * 3] ?? NaN);
  };
  const first = await order();
  assert.deepEqual(await order(1), first);
  assert.notDeepEqual(await order(2), first);
  assert.notDeepEqual(
    [...first].sort((a, b) => a - b),
    first,
  );
  assert.equal(new Set(first).size, 12);
});

test("what cannot be used is left out and named, and never ends the reading", async (t) => {
  const folder = emptyFolder(t);
  const whole = png(32, 32, [1, 2, 3]);
  const photo = encodeJpeg(
    { width: 32, height: 32, rgba: new Uint8ClampedArray(32 * 32 * 4).fill(255) },
    90,
  );
  writeFileSync(path.join(folder, "a whole.png"), whole);
  writeFileSync(path.join(folder, "cut.png"), whole.slice(0, whole.length - 20));
  writeFileSync(path.join(folder, "named.png"), photo);
  writeFileSync(path.join(folder, "notes.txt"), "no picture");
  writeFileSync(path.join(folder, "small.png"), png(8, 8, [0, 0, 0]));
  writeFileSync(path.join(folder, ".hidden"), "x");
  const { size, leftOut, description } = await imageFolder(folder, { size: 16 });
  assert.equal(size, 2);
  assert.equal(leftOut.length, 3);
  assert.match(leftOut[0] ?? "", /^cut\.png: the file is (cut off|damaged)/);
  assert.equal(leftOut[1], "notes.txt: it is neither PNG nor JPEG");
  assert.equal(leftOut[2], "small.png: it has 8 x 8 pixels, fewer than 16 x 16");
  assert.match(description, /^2 pictures of 16 x 16 pixels from .*; 3 files were left out \(cut/);
});

test("a folder without pictures says what it holds instead", async (t) => {
  const folder = emptyFolder(t);
  const load = (): Promise<unknown> => imageFolder(folder, { size: 8 });
  await assert.rejects(load(), /holds no PNG or JPEG picture that can be used\.$/);
  writeFileSync(path.join(folder, "a.gif"), "GIF89a and so on");
  await assert.rejects(load(), /1 file was left out \(a\.gif: .* but GIF; save it as PNG\)/);
  mkdirSync(path.join(folder, "cats"));
  writeFileSync(path.join(folder, "cats", "a.png"), png(8, 8, [0, 0, 0]));
  await assert.rejects(load(), /Folders in it do: cats \(1\)\. Give one of them/);
  await assert.rejects(imageFolder(path.join(folder, "dogs"), { size: 8 }), /cannot be read/);
  await assert.rejects(imageFolder(folder, { size: 4 }), /size must be .*at least 8, got 4/);
});
