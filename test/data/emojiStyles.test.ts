/** Emoji in aligned styles, and the cache of what was drawn. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { emojiStyles, type DrawingStyle } from "gan-lib";
import { rendered } from "gan-lib/dist/data/renderCache";

const ALL: DrawingStyle[] = [
  "openmoji",
  "openmoji black",
  "fluent flat",
  "fluent high contrast",
  "noto",
  "twemoji",
];
const some = { side: 16, limit: 12 };

test("all styles have the same emoji in the same order, drawn otherwise", async () => {
  const sets = await emojiStyles({ styles: ALL, ...some });
  const first = sets.openmoji;
  assert.deepEqual([first.size, first.imageShape], [12, [16, 16, 3]]);
  for (const style of ALL) {
    const set = sets[style];
    assert.deepEqual(set.names, first.names);
    assert.deepEqual(set.labels, first.labels);
    assert.equal(set.images.length, 12 * 16 * 16 * 3);
    assert.ok(set.licence.length > 10);
    if (style !== "openmoji") assert.notDeepEqual(set.images, first.images);
  }
  const isGrey = (set: { readonly images: Uint8Array }): boolean =>
    set.images.every((value, i) => value === set.images[i - (i % 3)]);
  assert.deepEqual(
    ALL.map((style) => isGrey(sets[style])),
    [false, true, false, true, false, false],
  );
});

test("the line drawing is where its colours are: black lines are dark in both", async () => {
  const { openmoji, "openmoji black": black } = await emojiStyles({
    styles: ["openmoji", "openmoji black"],
    side: 32,
    limit: 12,
  });
  let [lines, dark] = [0, 0];
  for (let i = 0; i < black.images.length; i += 3) {
    if (black.images[i]! > 64) continue;
    lines++;
    if (openmoji.images[i]! < 128) dark++;
  }
  assert.ok(lines > 500 && dark / lines > 0.9, `${dark} of ${lines}`);
});

test("an emoji is in the same part whatever the styles, and in one part only", async () => {
  const names = async (styles: DrawingStyle[], split: "train" | "test"): Promise<Set<string>> =>
    new Set((await emojiStyles({ styles, split, side: 8 }))[styles[0]!].names);
  const [train, test] = [
    await names(["openmoji black"], "train"),
    await names(["openmoji black"], "test"),
  ];
  assert.ok(
    test.size > 0.15 * train.size && test.size < 0.35 * train.size,
    `${train.size} and ${test.size}`,
  );
  assert.ok([...test].every((name) => !train.has(name)));
  const fewer = await names(["fluent high contrast", "noto"], "test");
  assert.ok([...fewer].every((name) => test.has(name)));
});

test("sides and styles that are none are refused", async () => {
  await assert.rejects(
    emojiStyles({ styles: ["noto"], side: 300 }),
    /side must be at most 256, got 300/,
  );
  await assert.rejects(emojiStyles({ styles: [] }), /no style is given/);
  await assert.rejects(
    emojiStyles({ styles: ["apple" as DrawingStyle] }),
    /there is no style "apple"; choose from openmoji, openmoji black/,
  );
});

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gan-lib-rendered-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("what is drawn once is read after that, by what it was drawn from; a damaged file is drawn anew", async (t) => {
  const folder = folderFor(t);
  let drawn = 0;
  const draw = async (): Promise<Uint8Array> => Uint8Array.of(++drawn, 2, 3);
  const get = (from: string) => rendered({ name: "tiny", from: [from], bytes: 3, draw, folder });
  assert.deepEqual([...(await get("a"))], [1, 2, 3]);
  assert.deepEqual([...(await get("a"))], [1, 2, 3]);
  assert.deepEqual([...(await get("b"))], [2, 2, 3]);
  const warn = t.mock.method(console, "warn", () => undefined);
  for (const name of readdirSync(folder)) {
    const content = readFileSync(path.join(folder, name));
    content[1]! ^= 1;
    writeFileSync(path.join(folder, name), content);
  }
  assert.deepEqual([...(await get("a"))], [3, 2, 3]);
  assert.match(String(warn.mock.calls[0]?.arguments[0]), /is damaged, and is drawn anew/);
  assert.deepEqual([...(await get("a"))], [3, 2, 3]);
});

test("where the cache cannot be written, what was drawn is given all the same, and a warning says why", async (t) => {
  const folder = path.join(folderFor(t), "file");
  writeFileSync(folder, "in the way");
  const warn = t.mock.method(console, "warn", () => undefined);
  const draw = async (): Promise<Uint8Array> => Uint8Array.of(1);
  assert.deepEqual([...(await rendered({ name: "tiny", from: [], bytes: 1, draw, folder }))], [1]);
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /tiny is drawn, and will be drawn again next time: .*a file/,
  );
  await assert.rejects(
    rendered({ name: "tiny", from: [], bytes: 2, draw, folder }),
    /2 bytes were to be drawn, got 1/,
  );
});
