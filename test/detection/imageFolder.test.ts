import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { encodeJpeg, encodePng, readImageFolder, ready, type Pixels } from "gan-lib";

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
  const said = files.map(({ name, format, width, height }) => [name, format, width, height]);
  assert.deepEqual(said, [
    ["a.png", "png", 20, 30],
    ["b.jpg", "jpeg", 16, 16],
    ["c.txt", "png", 17, 16],
  ]);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(images?.shape, [3, 16, 16, 3]);
  const first = Array.from(images.dataSync().subarray(0, 3), (value) =>
    Math.round((value + 1) * 127.5),
  );
  assert.deepEqual(first, [0, 0, 50]); // of columns and rows that are a multiple of 16, those nearest the middle
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
  assert.match(reasons["enormous.png"]!, /60000 x 60000 pixels, more than 64 million/);
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

/** Where the square of a picture begins, told by its first pixel's red (column) and green (row). */
async function beginsAt(file: Uint8Array, side: number): Promise<number[]> {
  const folder = folderOf(`square ${Math.random()}`, { "a.png": file });
  const { images } = await readImageFolder(folder, side);
  const [x, y] = Array.from(images!.dataSync(), (value) => Math.round((value + 1) * 127.5));
  images!.dispose();
  return [x!, y!];
}

test("the square begins on the grid of JPEG's blocks, whatever the picture's size", async () => {
  for (const [width, height, x, y] of [
    [128, 128, 48, 48],
    [116, 116, 32, 32],
    [127, 100, 32, 32],
    [64, 33, 16, 0],
  ] as const)
    assert.deepEqual(await beginsAt(encodePng(picture(width, height)), 32), [x, y]);
});

/** A picture in a frame of one colour. */
function framed(width: number, height: number, frame: number): Pixels {
  const { rgba } = picture(width, height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (Math.min(x, y, width - 1 - x, height - 1 - y) < frame) rgba.set([200, 0, 0, 255], i * 4);
  }
  return { width, height, rgba };
}

test("a uniform border is measured, and the square lies within it where it fits", async () => {
  const folder = folderOf("framed", {
    "large.png": encodePng(framed(96, 80, 10)),
    "plain.png": encodePng(picture(96, 80)),
    "small.png": encodePng(framed(40, 40, 6)),
  });
  const { files } = await readImageFolder(folder, 32);
  const ten = { left: 10, top: 10, right: 10, bottom: 10 };
  assert.deepEqual([files[0]!.border, files[0]!.seesBorder], [ten, false]);
  assert.deepEqual(files[1]!.border, { left: 0, top: 0, right: 0, bottom: 0 });
  assert.equal(files[2]!.seesBorder, true);
  assert.deepEqual(await beginsAt(encodePng(framed(64, 64, 12)), 32), [16, 16]);
});

test(
  "links to devices, named pipes, folders and nothing are left out and said",
  { skip: process.platform === "win32" && "Windows has no such files" },
  async () => {
    const folder = folderOf("odd", { "a.png": encodePng(picture(16, 16)) });
    symlinkSync("/dev/zero", path.join(folder, "endless.png"));
    symlinkSync(path.join(folder, "a.png"), path.join(folder, "link.png"));
    symlinkSync(path.join(folder, "none.png"), path.join(folder, "lost.png"));
    symlinkSync(os.tmpdir(), path.join(folder, "other"));
    assert.equal(spawnSync("mkfifo", [path.join(folder, "pipe.png")]).status, 0);
    const { files, leftOut } = await readImageFolder(folder, 16);
    assert.deepEqual(
      files.map(({ name }) => name),
      ["a.png", "link.png"],
    );
    assert.match(leftOut[0]!, /^endless\.png: it is a device, not a file/);
    assert.match(leftOut[1]!, /^lost\.png: ENOENT/);
    assert.match(leftOut[2]!, /^other: it is a folder, not a file/);
    assert.match(leftOut[3]!, /^pipe\.png: it is a named pipe, not a file/);
  },
);

test(
  "names that are not UTF-8 are found",
  { skip: process.platform !== "linux" && "other systems store names as text" },
  async () => {
    const folder = folderOf("latin", {});
    const name = Buffer.concat([
      Buffer.from(`${folder}/caf`),
      Buffer.from([0xe9]),
      Buffer.from(".png"),
    ]);
    writeFileSync(name, encodePng(picture(16, 16)));
    const { files } = await readImageFolder(folder, 16);
    assert.deepEqual(
      files.map((file) => file.name),
      ["café.png"],
    );
  },
);

test("folders within that hold pictures are named, with how many", async () => {
  const folder = folderOf("outer", {});
  folderOf("outer/train", { "1.png": "", "2.JPG": "", "notes.txt": "" });
  folderOf("outer/none", { "notes.txt": "" });
  folderOf("outer/none/deep", { "3.jpeg": "" });
  const { files, folders } = await readImageFolder(folder, 16);
  assert.equal(files.length, 0);
  assert.deepEqual(folders, [
    { name: "train", pictures: 2 },
    { name: path.join("none", "deep"), pictures: 1 },
  ]);
});
