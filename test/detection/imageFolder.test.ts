import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import {
  createRandom,
  decodeImage,
  encodeJpeg,
  encodePng,
  readImageFolder,
  ready,
  type Pixels,
} from "gan-lib";

before(ready);

const root = mkdtempSync(path.join(os.tmpdir(), "pictures-"));
after(() => rmSync(root, { recursive: true, force: true }));

/** A folder of the given files. */
function folderOf(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  for (const [file, content] of Object.entries(files))
    writeFileSync(path.join(folder, file), content);
  return folder;
}

/** A picture whose red is the column, green the row. */
const picture = (width: number, height: number, opacity = 255): Pixels => ({
  width,
  height,
  rgba: Uint8ClampedArray.from(
    { length: width * height * 4 },
    (_, i) => [Math.floor(i / 4) % width, Math.floor(i / 4 / width), 50, opacity][i % 4]!,
  ),
});

test("the middle of each picture, unscaled, whatever its size, format and name", async () => {
  const folder = folderOf("mixed", {
    "a.png": encodePng(picture(20, 30)),
    "b.jpg": encodeJpeg(picture(16, 16), 95),
    "c.txt": encodePng(picture(17, 16)),
    ".hidden": "x",
  });
  mkdirSync(path.join(folder, "more"));
  const { files, leftOut, images } = await readImageFolder(folder, 16);
  assert.deepEqual(files, [
    { name: "a.png", format: "png", width: 20, height: 30 },
    { name: "b.jpg", format: "jpeg", width: 16, height: 16 },
    { name: "c.txt", format: "png", width: 17, height: 16 },
  ]);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(images?.shape, [3, 16, 16, 3]);
  const first = Array.from(images.dataSync().subarray(0, 3), (value) =>
    Math.round((value + 1) * 127.5),
  );
  assert.deepEqual(first, [2, 7, 50]); // the pixel at column (20 - 16) / 2, row (30 - 16) / 2
});

test("what is no picture, broken, cut off, empty or too small is left out and said", async () => {
  const png = encodePng(picture(32, 32));
  const jpeg = encodeJpeg(picture(32, 32), 80);
  const enormous = Buffer.from(png);
  enormous.writeUInt32BE(60_000, 16);
  enormous.writeUInt32BE(60_000, 20);
  const folder = folderOf("bad", {
    "cut.jpg": jpeg.subarray(0, jpeg.length / 2),
    "cut.png": png.subarray(0, png.length / 2),
    "empty.png": "",
    "enormous.png": enormous,
    "header.jpg": jpeg.subarray(0, 6),
    "text.png": "hello",
    "tiny.png": encodePng(picture(15, 40)),
  });
  const { files, leftOut, images } = await readImageFolder(folder, 16);
  assert.deepEqual([files.length, images], [0, undefined]);
  const reasons = Object.fromEntries(leftOut.map((line) => line.split(": ") as [string, string]));
  assert.match(reasons["cut.jpg"]!, /cut off/);
  assert.match(reasons["cut.png"]!, /cut off/);
  assert.match(reasons["empty.png"]!, /file is empty/);
  assert.match(reasons["enormous.png"]!, /60000 x 60000 pixels, more than 100 million/);
  assert.match(reasons["header.jpg"]!, /JPEG header is broken/);
  assert.match(reasons["text.png"]!, /neither PNG nor JPEG/);
  assert.match(reasons["tiny.png"]!, /15 x 40 pixels, fewer than the 16 x 16/);
});

test("no more than 2,000 files are read, and that is said", async () => {
  const folder = folderOf(
    "many",
    Object.fromEntries(Array.from({ length: 2003 }, (_, i) => [`${10_000 + i}.png`, ""])),
  );
  const { leftOut } = await readImageFolder(folder, 16);
  assert.equal(leftOut.length, 2001);
  assert.match(leftOut[1999]!, /^11999\.png: the file is empty/);
  assert.match(leftOut[2000]!, /^3 more files: at most 2000 of a folder are read/);
});

test("bytes changed at random never crash: an error or pixels of the header's size", () => {
  const random = createRandom(90);
  for (const whole of [encodePng(picture(24, 24)), encodeJpeg(picture(24, 24), 70)]) {
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(whole);
      for (let i = 0; i <= random.integer(6); i++)
        bytes[random.integer(bytes.length)] = random.integer(256);
      try {
        const { width, height, rgba } = decodeImage(
          bytes.subarray(0, bytes.length - (round % 3 === 0 ? random.integer(bytes.length) : 0)),
        );
        assert.equal(rgba.length, width * height * 4);
      } catch (error) {
        assert.ok(error instanceof Error && error.message !== "", String(error));
      }
    }
  }
});

test("a folder that is not there, and a side that makes no sense, are errors", async () => {
  await assert.rejects(
    readImageFolder(path.join(root, "none"), 16),
    /The folder .*none cannot be read: ENOENT/,
  );
  await assert.rejects(
    readImageFolder(root, 4),
    /side must be a whole number of at least 8, got 4/,
  );
});
