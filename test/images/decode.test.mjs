/** What files of pictures say, and their pixels. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { decodeImage, encodeJpeg, encodePng, imageHeader } from "gan-lib";
import sharp from "sharp";
import { fuzzPictures } from "./fuzz.mjs";
import { sampleFiles, wavyPicture, withExif } from "./samples.mjs";

/** @returns {Buffer} A chunk of a PNG with its sum. */
function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** @returns {Buffer} A PNG of one bit a pixel, all zeros. */
function bitPng(width, height, extra = []) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const data = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))), { level: 9 });
  const parts = [chunk("IHDR", head), ...extra, chunk("IDAT", data)];
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, ...parts, chunk("IEND", Buffer.alloc(0))]);
}

/** The largest difference of two pictures' bytes. */
const distance = (a, b) =>
  a.rgba.reduce((most, value, i) => Math.max(most, Math.abs(value - b.rgba[i])), 0);

describe("files of every kind", () => {
  test("a PNG gives its very pixels, at 8 and 16 bits, interlaced, and with opacity", async () => {
    const files = await sampleFiles();
    const picture = wavyPicture();
    for (const kind of ["png", "png, 16 bits", "png, interlaced"])
      assert.deepEqual(await decodeImage(files[kind]), picture, kind);
    const rgba = picture.rgba.map((value, i) => (i % 4 === 3 ? 100 : value));
    const file = await sharp(Buffer.from(rgba), { raw: { width: 96, height: 64, channels: 4 } })
      .png()
      .toBuffer();
    assert.deepEqual((await decodeImage(file)).rgba, rgba);
  });

  test("a JPEG comes near them: colours at half the resolution or at full, progressive, CMYK", async () => {
    const files = await sampleFiles();
    const picture = wavyPicture();
    for (const [kind, most] of [
      ["jpeg", 60],
      ["jpeg, 4:4:4", 45],
      ["jpeg, progressive", 60],
      ["jpeg, CMYK", 110],
    ]) {
      const decoded = await decodeImage(files[kind]);
      assert.ok(distance(decoded, picture) < most, `${kind}: ${distance(decoded, picture)}`);
    }
  });

  test("what the header says", async () => {
    const files = await sampleFiles();
    const { jpeg, ...turned } = await imageHeader(files["jpeg, turned"]);
    assert.deepEqual(turned, {
      format: "jpeg",
      width: 96,
      height: 64,
      orientation: 6,
      colours: "8-bit srgb",
      exif: true,
      profile: false,
    });
    assert.ok(jpeg);
    const { tables, ...compression } = jpeg;
    assert.deepEqual(compression, { subsampling: "4:2:0", progressive: false, quality: 85 });
    assert.match(tables, /^0: 5 3 .*; 1: 5 /);
    assert.equal((await imageHeader(files["jpeg, progressive"])).jpeg?.progressive, true);
    assert.equal((await imageHeader(files["jpeg, 4:4:4"])).jpeg?.subsampling, "4:4:4");
    assert.equal((await imageHeader(files["png, 16 bits"])).colours, "16-bit rgb16");
    for (const quality of [10, 30, 50, 75, 95]) {
      const file = encodeJpeg(wavyPicture(), quality);
      const found = (await imageHeader(file)).jpeg?.quality ?? 0;
      assert.ok(Math.abs(found - quality) <= 1, `${quality}: ${found}`);
    }
  });
});

test("each of EXIF's eight orientations comes out upright, its sides too", async () => {
  const stored = encodeJpeg(wavyPicture(48, 32), 95);
  for (let orientation = 1; orientation <= 8; orientation++) {
    const file = withExif(stored, orientation);
    const { width, height, rgba } = await decodeImage(file);
    const { data, info } = await sharp(file)
      .autoOrient()
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([width, height], [info.width, info.height], `orientation ${orientation}`);
    assert.deepEqual([width, height], orientation >= 5 ? [32, 48] : [48, 32]);
    assert.equal(Buffer.compare(Buffer.from(rgba), data), 0, `orientation ${orientation}`);
  }
});

describe("files that are refused", () => {
  const png = encodePng(wavyPicture());
  const jpeg = encodeJpeg(wavyPicture(), 80);

  test("a JPEG that is cut off, also where its thumbnail is whole", async () => {
    await assert.rejects(decodeImage(jpeg.subarray(0, jpeg.length / 2)), /^Error: the file is cut/);
    const thumbnail = encodeJpeg(wavyPicture(16, 16), 60);
    const whole = withExif(jpeg, 1, thumbnail);
    assert.equal((await decodeImage(whole)).width, 96);
    for (const share of [0.4, 0.6, 0.8, 0.99]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await assert.rejects(decodeImage(cut), /the file is cut off|header is broken/, `${share}`);
    }
  });

  test("a PNG that is cut off, or whose sum does not match", async () => {
    await assert.rejects(decodeImage(png.subarray(0, png.length / 2)), /the file is (cut|damaged)/);
    const changed = Buffer.from(png);
    changed[png.length - 30] ^= 1;
    await assert.rejects(decodeImage(changed), /the file is (damaged|cut)/);
  });

  test("12 KB that claim 100 million pixels, before they are decoded", async () => {
    const file = bitPng(10_000, 10_000);
    assert.ok(file.length < 13_000, `${file.length} bytes`);
    await assert.rejects(decodeImage(file), /promises 10000 x 10000 pixels, more than 64 million/);
    assert.equal((await decodeImage(bitPng(400, 300))).width, 400); // the same, small, is a picture
  });

  test("animations, other formats by their names, texts, and nothing", async () => {
    const animated = bitPng(16, 16, [chunk("acTL", Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]))]);
    await assert.rejects(decodeImage(animated), /it is animated; save one picture/);
    const from = () => sharp(png);
    const others = {
      GIF: await from().gif().toBuffer(),
      WebP: await from().webp().toBuffer(),
      TIFF: await from().tiff().toBuffer(),
      "HEIC or AVIF": await from().avif().toBuffer(),
    };
    for (const [name, file] of Object.entries(others))
      await assert.rejects(
        decodeImage(file),
        new RegExp(`neither PNG nor JPEG but ${name}; save it as PNG`),
      );
    await assert.rejects(decodeImage(Buffer.from("hello")), /^Error: it is neither PNG nor JPEG$/);
    await assert.rejects(decodeImage(Buffer.alloc(0)), /the file is empty/);
    await assert.rejects(decodeImage(png.subarray(0, 12)), /its PNG header is broken/);
  });
});

test("damaged files never crash, never show a gap in grey, and no damaged PNG shows other pixels", async () => {
  for (const [kind, tally] of Object.entries(await fuzzPictures(60, 2))) {
    assert.equal(tally.grey, 0, kind);
    assert.ok(tally.refused > 20, `${kind}: ${tally.refused} refused`);
    if (/png/.test(kind)) assert.equal(tally.other, 0, kind);
  }
});
