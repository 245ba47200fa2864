import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { encodeJpeg, encodePng, loadDrawing, ready } from "gan-lib";

const folder = mkdtempSync(path.join(os.tmpdir(), "gan drawings "));
after(() => rmSync(folder, { recursive: true }));
before(ready);

/** Writes a file, and gives its path. */
function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="36"/></svg>';

/** A picture whose upper half is black, on white or on nothing. */
function halfBlack(width: number, height: number, paper: 0 | 255 = 255) {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(paper);
  for (let i = 0; i < (width * height * 4) / 2; i++) rgba[i] = i % 4 === 3 ? 255 : 0;
  return { width, height, rgba };
}

const halves = async (file: string): Promise<number[]> => {
  const drawing = await loadDrawing(file, { side: 8 });
  assert.deepEqual(drawing.shape, [1, 8, 8, 3]);
  const values = Array.from(drawing.dataSync(), (value) => Number(value.toFixed(1)));
  drawing.dispose();
  return [values[0]!, values[8 * 8 * 3 - 1]!];
};

test("an SVG, a PNG, a JPEG and a transparent PNG are drawings on white", async () => {
  const files = [
    written("a.svg", SVG),
    written("with space first.svg", `\uFEFF\n${SVG}`),
    written("a.png", encodePng(halfBlack(8, 8))),
    written("large.png", encodePng(halfBlack(320, 320))),
    written("clear.png", encodePng(halfBlack(64, 64, 0))),
    written("a.jpeg", encodeJpeg(halfBlack(64, 64), 95)),
  ];
  for (const file of files) assert.deepEqual(await halves(file), [-1, 1], file);
});

test("what cannot be taken is refused by its name, and why", async () => {
  const refused = (file: string, message: RegExp): Promise<void> =>
    assert.rejects(loadDrawing(file, { side: 8 }), (error: Error) => {
      assert.ok(error.message.startsWith(`loadDrawing: ${file}: `), error.message);
      assert.match(error.message, message);
      return true;
    });
  await refused(path.join(folder, "none.svg"), /no such file; a relative path starts at/);
  await refused(folder, /it is a folder, not a file/);
  await refused(written("empty.png", ""), /the file is empty/);
  await refused(written("text.png", "a cat"), /it is no PNG, JPEG or SVG/);
  await refused(written("page.svg", "<html></html>"), /no <svg> element/);
  await refused(written("cut.svg", SVG.slice(0, 70)), /the drawing is broken/);
  const png = encodePng(halfBlack(64, 64));
  await refused(written("cut.png", png.subarray(0, png.length - 40)), /cut off|damaged|broken/);
  await refused(
    written("wide.png", encodePng(halfBlack(64, 32))),
    /has 64 x 32 pixels, and .* square/,
  );
  await refused(
    written("small.png", encodePng(halfBlack(4, 4))),
    /has 4 x 4 pixels, .* 8 x 8 or more/,
  );
  const blank = { width: 8, height: 8, rgba: new Uint8ClampedArray(256).fill(255) };
  await refused(
    written("blank.png", encodePng(blank)),
    /it is empty: all its pixels have one colour/,
  );
});

test("a side that cannot be is refused", async () => {
  for (const side of [0, 2.5, 5000])
    await assert.rejects(loadDrawing(path.join(folder, "a.svg"), { side }), RangeError);
});
