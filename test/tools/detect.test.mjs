/** `npm run detect` from the outside, on folders that are not the project's. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { createRandom, encodeJpeg, encodePng } from "gan-lib";
import { root } from "../../tools/setup/paths.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "detect-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command. */
function detect(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/detect.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** A picture of smooth noise, where `generated` with a faint checkerboard. */
function picture(random, generated, side = 40) {
  const [u, v, phase] = [random.next() / 3, random.next() / 3, 6 * random.next()];
  const level = (x, y) =>
    128 +
    60 * Math.sin(u * x + v * y + phase) +
    6 * random.next() +
    (generated ? 8 * (-1) ** (x + y) : 0);
  const rgba = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : level(Math.floor(i / 4) % side, Math.floor(i / 4 / side)),
  );
  return { width: side, height: side, rgba };
}

/**
 * Writes a folder of pictures.
 *
 * @param {string} name
 * @param {number} count
 * @param {{ generated?: boolean, encode?: typeof encodePng, side?: number }} [how]
 */
function pictures(name, count, { generated = false, encode = encodePng, side } = {}) {
  const random = createRandom(1).split(name);
  const target = path.join(folder, name);
  mkdirSync(target);
  for (let i = 0; i < count; i++)
    writeFileSync(path.join(target, `${i}.img`), encode(picture(random, generated, side)));
  return target;
}

describe("folders of a person's own", () => {
  const file = path.join(folder, "mine.json");
  let real, fake, run;
  before(() => {
    [real, fake] = [pictures("real", 40), pictures("fake", 40, { generated: true })];
    writeFileSync(
      path.join(real, "broken.png"),
      encodePng(picture(createRandom(2), false)).subarray(0, 200),
    );
    writeFileSync(path.join(real, "notes.txt"), "not a picture");
    run = detect("train", real, fake, "--side", "32", "--detector", file);
  });

  test("train says what it did with intervals and a control, what it left out, and leaves detector and chart", () => {
    assert.equal(run.status, 0, run.stderr);
    assert.match(
      run.stdout,
      /Left out of .*real:\n {2}broken\.png: the file is cut off.*\n {2}notes\.txt: it is neither PNG nor JPEG/,
    );
    assert.match(
      run.stdout,
      /40 real pictures and 40 generated pictures; the middle 32 x 32 pixels/,
    );
    assert.match(run.stdout, /accuracy +1\.000 \(0\.\d+ to 1\.000\)/);
    assert.match(run.stdout, /Control, two halves of the real pictures: area 0\.\d+/);
    assert.doesNotMatch(run.stdout, /Warning/);
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")).about.pipeline, { side: 32 });
    assert.equal(readFileSync(file.replace(".json", ".png")).subarray(1, 4).toString(), "PNG");
  });

  test("score says it of each picture, and what the detector knows", () => {
    const mixed = pictures("mixed", 4);
    writeFileSync(path.join(mixed, "fake.png"), encodePng(picture(createRandom(9), true, 50)));
    const { status, stdout, stderr } = detect("score", mixed, "--detector", file);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /fake\.png +50 x 50 +png +(0\.[5-9]|1\.0)/);
    assert.equal(stdout.match(/\.img +40 x 40 +png +0\.[0-4]/g)?.length, 4, stdout);
    assert.match(stdout, /1 of 5 pictures score 0\.5 or more/);
    assert.match(stdout, /It was shown 40 pictures of real as real and 40 of fake as generated/);
    assert.ok(existsSync(path.join(root, "build", "detect", "scores.png")));
  });

  test("formats and sizes that differ are warned of, and go through one codec", () => {
    const jpegs = pictures("jpegs", 14, {
      generated: true,
      encode: (pixels) => encodeJpeg(pixels, 90),
      side: 64,
    });
    const { status, stdout, stderr } = detect(
      "train",
      real,
      jpegs,
      "--side",
      "32",
      "--detector",
      path.join(folder, "other.json"),
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Warning: real pictures are typically 40 pixels wide, generated ones 64/);
    assert.match(
      stdout,
      /Warning: real pictures are png, generated ones jpeg\. All go through JPEG files of quality 75/,
    );
  });

  test("copies are warned of, within a folder and across", () => {
    const copies = pictures("copies with a space", 14, { generated: true });
    for (const name of ["0.img", "1.img"])
      copyFileSync(path.join(copies, name), path.join(copies, `again ${name}`));
    copyFileSync(path.join(real, "0.img"), path.join(copies, "real.img"));
    const { status, stdout, stderr } = detect(
      "train",
      real,
      copies,
      "--side",
      "32",
      "--detector",
      path.join(copies, "of its own.json"),
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Warning: 1 generated picture can be found among the real ones/);
    assert.match(stdout, /Warning: 2 pictures repeat another of the same folder/);
    assert.match(stdout, /--detector ".*copies with a space.*of its own\.json"\n/);
  });

  test("too few, too small and missing pictures, and files that are no detector, are errors in words", () => {
    const few = pictures("few", 3);
    /** @type {[string[], RegExp][]} */
    const cases = [
      [
        ["train", real, few, "--side", "32"],
        /few has 3 pictures that can be used; at least 12 PNG or JPEG files/,
      ],
      [["train", real, fake], /real has 0 pictures that can be used; .* of 64 x 64 pixels or more/],
      [
        ["train", real, path.join(folder, "none"), "--side", "32"],
        /The folder .*none cannot be read: ENOENT/,
      ],
      [["score", few, "--detector", path.join(few, "0.img")], /0\.img is not a detector/],
      [
        ["score", few, "--detector", path.join(folder, "none.json")],
        /The detector .*none\.json cannot be read: ENOENT/,
      ],
      [
        ["score", path.join(folder, "none"), "--detector", file],
        /The folder .*none cannot be read/,
      ],
    ];
    for (const [args, message] of cases) {
      const { status, stderr } = detect(...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n +at /);
    }
    const empty = path.join(folder, "empty");
    mkdirSync(empty);
    assert.match(
      detect("score", empty, "--detector", file).stderr,
      /empty has no picture that can be scored: PNG or JPEG files of at least 32 x 32/,
    );
  });
});

test("what makes no sense on the command line is said without set-up", () => {
  /** @type {[string[], RegExp][]} */
  const cases = [
    [[], /Nothing was asked for\.\n\nnpm run detect/],
    [["draw", "x"], /There is no command "draw"/],
    [["train", "x"], /train takes 2 folders, got 1/],
    [["score", "x", "--side", "8"], /--side is 8; give a whole number from 16 to 256/],
    [["train", "x", "y", "--kind", "magic"], /--kind is "magic"; give one of spectrum, dct, cnn/],
    [["train", "x", "y", "--quality", "101"], /--quality is 101/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = detect(...args);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, message);
  }
  assert.match(detect("--help").stdout, /^npm run detect -- train/);
});
