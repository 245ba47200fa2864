/** Pictures in files of every kind, and the same files damaged. */
import { createRandom, encodeJpeg, encodePng } from "gan-lib";
import sharp from "sharp";

/** @returns {import("gan-lib").Pixels} Waves with a little noise: no row or column of one colour. */
export function wavyPicture(width = 96, height = 64, seed = 1) {
  const random = createRandom(seed);
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    const [x, y] = [Math.floor(i / 4) % width, Math.floor(i / 4 / width)];
    return i % 4 === 3 ? 255 : 128 + 90 * Math.sin(x / 5 + y / 7 + (i % 4)) + 12 * random.next();
  });
  return { width, height, rgba };
}

/**
 * A JPEG with EXIF's orientation, and with a small JPEG in its notes where one is given.
 *
 * @param {Buffer} jpeg
 * @param {number} orientation
 * @param {Buffer} [thumbnail]
 */
export function withExif(jpeg, orientation, thumbnail) {
  const tiff = Buffer.alloc(8 + 18 + 30);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  const tag = (at, id, type, value) => {
    tiff.writeUInt16LE(id, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(1, at + 4);
    if (type === 3) tiff.writeUInt16LE(value, at + 8);
    else tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(1, 8);
  tag(10, 0x0112, 3, orientation);
  tiff.writeUInt32LE(26, 22);
  tiff.writeUInt16LE(2, 26);
  tag(28, 0x0201, 4, tiff.length);
  tag(40, 0x0202, 4, thumbnail?.length ?? 0);
  const content = Buffer.concat([
    Buffer.from("Exif\0\0", "latin1"),
    tiff,
    thumbnail ?? Buffer.alloc(0),
  ]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 4);
  return Buffer.concat([head, content, jpeg.subarray(2)]);
}

/** @returns {Promise<Record<string, Buffer>>} One picture in files of every kind that is read. */
export async function sampleFiles() {
  const pixels = wavyPicture();
  const png = encodePng(pixels);
  const jpeg = encodeJpeg(pixels, 85);
  const from = () => sharp(png);
  return {
    png,
    "png, 16 bits": await from().toColourspace("rgb16").png().toBuffer(),
    "png, palette": await from().png({ palette: true }).toBuffer(),
    "png, interlaced": await from().png({ progressive: true }).toBuffer(),
    jpeg,
    "jpeg, 4:4:4": await from().jpeg({ chromaSubsampling: "4:4:4" }).toBuffer(),
    "jpeg, progressive": await from().jpeg({ progressive: true }).toBuffer(),
    "jpeg, grey": await from().greyscale().jpeg().toBuffer(),
    "jpeg, CMYK": await from().toColourspace("cmyk").jpeg().toBuffer(),
    "jpeg, turned": withExif(jpeg, 6, encodeJpeg(wavyPicture(16, 16), 60)),
  };
}

const DAMAGES = {
  "bytes changed": (file, random) => {
    const damaged = Buffer.from(file);
    for (let i = 0; i <= random.integer(4); i++)
      damaged[random.integer(file.length)] = random.integer(256);
    return damaged;
  },
  "cut off": (file, random) => file.subarray(0, random.integer(file.length)),
  "run of zeros or ones": (file, random) => {
    const begin = random.integer(file.length);
    return Buffer.from(file).fill(
      random.integer(2) * 255,
      begin,
      Math.min(file.length, begin + 1 + random.integer(40)),
    );
  },
  "bytes put in": (file, random) => {
    const at = random.integer(file.length);
    const more = Array.from({ length: 1 + random.integer(20) }, () => random.integer(256));
    return Buffer.concat([file.subarray(0, at), Buffer.from(more), file.subarray(at)]);
  },
  "piece taken out": (file, random) => {
    const begin = random.integer(file.length);
    const end = begin + random.integer(file.length - begin);
    return Buffer.concat([file.subarray(0, begin), file.subarray(end)]);
  },
};

/** @returns {{ damage: string, bytes: Buffer }} A file damaged in one of five ways, by lot. */
export function damaged(file, random) {
  const names = Object.keys(DAMAGES);
  const damage = names[random.integer(names.length)];
  const bytes = DAMAGES[damage](file, random);
  return { damage, bytes };
}
