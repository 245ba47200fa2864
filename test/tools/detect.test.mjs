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
import { createRandom, dctDetector, encodeJpeg, encodePng, ready } from "gan-lib";
import { root } from "../../tools/setup/paths.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "detect-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as somebody who stands in a folder of their own. */
function detectFrom(stood, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/detect.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: stood },
  });
  return { status, stdout, stderr };
}

const detect = (...args) => detectFrom(root, ...args);

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
 * @param {{ generated?: boolean, encode?: (pixels: import("gan-lib").Pixels) => Buffer, side?: number, ending?: string }} [options]
 */
function pictures(name, count, options = {}) {
  const { generated = false, encode = encodePng, side, ending = "img" } = options;
  const random = createRandom(1).split(name);
  const target = path.join(folder, name);
  mkdirSync(target);
  for (let i = 0; i < count; i++)
    writeFileSync(path.join(target, `${i}.${ending}`), encode(picture(random, generated, side)));
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
      /40 real pictures and 40 generated pictures; 32 x 32 pixels near the middle/,
    );
    assert.match(run.stdout, /accuracy +1\.000 \(0\.\d+ to 1\.000\)/);
    assert.match(run.stdout, /Control, two halves of the real pictures: area 0\.\d+/);
    assert.match(run.stdout, /It cannot see what came with one folder only/);
    assert.doesNotMatch(run.stdout, /Warning/);
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")).about.pipeline, { side: 32 });
    assert.equal(readFileSync(file.replace(".json", ".png")).subarray(1, 4).toString(), "PNG");
  });

  test("score says it of each picture, and what the detector knows", () => {
    const mixed = pictures("mixed", 12);
    writeFileSync(path.join(mixed, "fake.png"), encodePng(picture(createRandom(9), true, 50)));
    const { status, stdout, stderr } = detect("score", mixed, "--detector", file);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /fake\.png +50 x 50 +png +(0\.[5-9]|above 0\.917)/); // 1 - 1 / (10 + 2)
    const scores = [...stdout.matchAll(/\.img +40 x 40 +png +(.+)/g)].map(([, score]) => score);
    const unseen = scores.filter((score) => score === "not seen in training").length;
    assert.ok(scores.length === 12 && unseen <= 4, stdout); // 1 in 20 of like ones is called so
    assert.equal(scores.filter((score) => /^(0\.[0-4]|below)/.test(score)).length, 12 - unseen);
    assert.match(stdout, /1 of 13 pictures score 0\.5 or more/);
    assert.match(stdout, /It was shown 40 pictures of real as real and 40 of fake as generated/);
    assert.ok(existsSync(path.join(root, "build", "detect", "scores.png")));
  });

  test("paths are those of where the person stands; names that steer a terminal are written out", () => {
    const odd = pictures("odd", 2);
    writeFileSync(path.join(odd, "\x1b[31mred.png"), encodePng(picture(createRandom(3), false)));
    writeFileSync(path.join(odd, "\x1b]0;x\x07.txt"), "no picture");
    const { status, stdout, stderr } = detectFrom(
      folder,
      "score",
      "odd",
      "--detector",
      "mine.json",
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\\u\{1b\}\[31mred\.png +40 x 40/);
    assert.match(stdout, /\\u\{1b\}\]0;x\\u\{7\}\.txt: it is neither/);
    assert.ok(!stdout.includes("\x1b") && !stdout.includes("\x07"));
  });

  test("a picture unlike all of the training gets no score", () => {
    const odd = pictures("unlike", 2);
    const noise = createRandom(4);
    const rgba = Uint8ClampedArray.from({ length: 40 * 40 * 4 }, () => noise.integer(256));
    writeFileSync(path.join(odd, "noise.png"), encodePng({ width: 40, height: 40, rgba }));
    const { stdout } = detect("score", odd, "--detector", file);
    assert.match(stdout, /noise\.png +40 x 40 +png +not seen in training\n/);
    assert.match(stdout, /0 of 3 pictures score 0\.5 or more; of \d that (is|are) unlike all/);
  });

  test("a detector that was saved without notes is scored with, and says what is not known", async () => {
    await ready();
    const detector = dctDetector();
    const noise = (channels) =>
      /** @type {import("gan-lib").tf.Tensor4D} */ (
        createRandom(5).uniform([24, 32, 32, channels], -1, 1)
      );
    const labels = Array.from({ length: 24 }, (_, i) => i % 2);
    await detector.fit(noise(3), labels);
    const bare = path.join(folder, "bare.json");
    await detector.save(bare);
    const { status, stdout, stderr } = detect("score", fake, "--detector", bare);
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /fitted to 12 real pictures and 12 generated ones\. It was saved without notes/,
    );
    await detector.fit(noise(1), labels);
    await detector.save(bare);
    assert.match(
      detect("score", fake, "--detector", bare).stderr,
      /images of 1 channel; pictures have 3/,
    );
  });

  test("pictures in folders of the folder are said, and what to do", () => {
    const outer = path.join(folder, "outer");
    mkdirSync(outer);
    pictures("outer/train", 3, { ending: "png" });
    const { status, stderr } = detect("train", outer, fake, "--side", "32");
    assert.equal(status, 1);
    assert.match(
      stderr,
      /outer has 0 pictures .* Folders in it hold pictures and are not read: train \(3\)\. Give one of them/,
    );
  });

  test("JPEG files of one process and two sizes are not told apart by the sizes' blocks", () => {
    const encode = (pixels) => encodeJpeg(pixels, 60);
    const [a, b] = [
      pictures("side 128", 60, { encode, side: 128 }),
      pictures("side 116", 60, { encode, side: 116 }),
    ];
    const { status, stdout, stderr } = detect("train", a, b, "--side", "32");
    assert.equal(status, 0, stderr);
    const area = Number(/area under the ROC curve +(\S+)/.exec(stdout)?.[1]);
    assert.ok(area > 0.2 && area < 0.8, `area ${area}`);
    assert.match(stdout, /Warning: sides modulo 8: real 0 x 0 \(100 %\), generated 4 x 4/);
  });

  test("frames around the pictures of one folder are cut off, or warned of where they cannot be", () => {
    const framed = (pixels) => {
      const { width, rgba } = pixels;
      for (let i = 0; i < width * width; i++) {
        const [x, y] = [i % width, Math.floor(i / width)];
        if (Math.min(x, y, width - 1 - x, width - 1 - y) < 3) rgba.set([255, 0, 0, 255], i * 4);
      }
      return encodePng(pixels);
    };
    const plain = pictures("plain", 60, { side: 64 });
    const frames = pictures("frames", 60, { side: 64, encode: framed });
    const { status, stdout, stderr } = detect("train", plain, frames, "--side", "64");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /squares of 32 x 32 pixels are looked at in place of 64 x 64/);
    const area = Number(/area under the ROC curve +(\S+)/.exec(stdout)?.[1]);
    assert.ok(area > 0.2 && area < 0.8, `area ${area}`);
    assert.match(stdout, /Warning: uniform border: real no \(\d+ %\), generated yes \(100 %\)/);
    const tight = [
      pictures("tight", 14, { side: 16 }),
      pictures("tight frames", 14, { side: 16, encode: framed }),
    ];
    assert.match(
      detect("train", ...tight, "--side", "16").stdout,
      /Warning: border in the square: .* Not taken out/,
    );
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
    assert.match(
      stdout,
      /Warning: shorter side: real typically 40, generated typically 64\. This alone tells 100 % apart\. Not taken out/,
    );
    assert.match(
      stdout,
      /Warning: format: real png \(100 %\), generated jpeg \(100 %\)\..*JPEG files of quality 75/,
    );
    assert.match(stdout, /The folders also differed in: format, shorter side, longer side\./);
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
    assert.match(stdout, /--detector '.*copies with a space.*of its own\.json'\n/);
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
    [["score", "x", "--side", "40"], /--side is 40; give a multiple of 16/],
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
