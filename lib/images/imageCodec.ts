/** Pictures as bytes of a PNG or JPEG file, through canvas's codecs (libpng, libjpeg). */
import { crc32 } from "node:zlib";
import type { Canvas } from "canvas";

/** A decoded picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity, 0 … 255, row by row. */
  readonly rgba: Uint8ClampedArray;
}

/** What the first bytes of a file say. */
export interface ImageHeader {
  readonly format: "png" | "jpeg";
  readonly width: number;
  readonly height: number;
}

/** More pixels than a camera takes: a header that promises them is broken or hostile, and would cost gigabytes. */
const MOST_PIXELS = 1e8;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_END = Buffer.from([0xff, 0xd9]);

function canvasPackage(): typeof import("canvas") {
  return require("canvas") as typeof import("canvas");
}

function newCanvas(width: number, height: number): Canvas {
  return canvasPackage().createCanvas(width, height);
}

/** Whether a JPEG's marker begins a frame header, which holds the size. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Walks over a JPEG's segments to the frame header. */
function jpegSize(bytes: Buffer): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    if (isFrame(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

function sizeOf(
  bytes: Buffer,
  format: ImageHeader["format"],
): { width: number; height: number } | undefined {
  if (format === "jpeg") return jpegSize(bytes);
  return bytes.length < 24
    ? undefined
    : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/**
 * Format and size of a PNG or JPEG file, from its first bytes; its name does not matter.
 *
 * @throws Error when it is neither, or its header is broken or promises more than 100 million pixels.
 */
export function imageHeader(file: Uint8Array): ImageHeader {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const isPng = bytes.subarray(0, 8).equals(PNG_SIGNATURE);
  if (!isPng && !(bytes[0] === 0xff && bytes[1] === 0xd8))
    throw new Error(bytes.length === 0 ? "the file is empty" : "it is neither PNG nor JPEG");
  const format = isPng ? "png" : "jpeg";
  const size = sizeOf(bytes, format);
  if (size === undefined || size.width === 0 || size.height === 0)
    throw new Error(`its ${format.toUpperCase()} header is broken`);
  if (size.width * size.height > MOST_PIXELS)
    throw new Error(
      `its header promises ${size.width} x ${size.height} pixels, more than 100 million`,
    );
  return { format, ...size };
}

/** The bit depths that each colour type of a PNG may have (ISO/IEC 15948, table 11.1). */
const PNG_DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Checks a PNG's chunks, with their sums, to the last: canvas crashes the process on some that are broken. */
function checkPng(bytes: Buffer): void {
  if (PNG_DEPTHS[bytes[25]!]?.includes(bytes[24]!) !== true)
    throw new Error("its PNG header is broken");
  for (let at = 8, type = ""; type !== "IEND";) {
    const end = at + 12 + (at + 8 <= bytes.length ? bytes.readUInt32BE(at) : 0);
    if (end > bytes.length) throw new Error("the file is cut off");
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw new Error("its PNG data is damaged: a sum does not match");
    type = bytes.toString("latin1", at + 4, at + 8);
    at = end;
  }
}

/** libjpeg shows what it has of a file that is cut off; we do not. */
function checkJpeg(bytes: Buffer): void {
  if (!bytes.includes(JPEG_END)) throw new Error("the file is cut off");
}

/**
 * Decodes a PNG or JPEG file.
 *
 * @throws Error when it is neither, cut off or broken.
 */
export function decodeImage(file: Uint8Array): Pixels {
  const { format, width, height } = imageHeader(file);
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  (format === "png" ? checkPng : checkJpeg)(bytes);
  const image = new (canvasPackage().Image)();
  let failure: Error | undefined;
  image.onerror = (error) => (failure = error);
  image.src = bytes;
  if (failure !== undefined || image.width === 0)
    throw new Error(`it cannot be decoded (${failure?.message ?? "no pixels"})`);
  const context = newCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

function canvasOf({ width, height, rgba }: Pixels): Canvas {
  const canvas = newCanvas(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  image.data.set(rgba);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Encodes a picture as PNG, without loss. */
export function encodePng(pixels: Pixels): Buffer {
  return canvasOf(pixels).toBuffer("image/png");
}

/**
 * Encodes a picture as JPEG, its colours at half the resolution as most cameras and sites do (4:2:0).
 *
 * @param quality libjpeg's, 1 … 100.
 * @throws RangeError when the quality is not a whole number from 1 to 100.
 */
export function encodeJpeg(pixels: Pixels, quality: number): Buffer {
  if (!Number.isInteger(quality) || quality < 1 || quality > 100)
    throw new RangeError(`JPEG quality must be a whole number from 1 to 100, got ${quality}.`);
  return canvasOf(pixels).toBuffer("image/jpeg", {
    quality: quality / 100,
    chromaSubsampling: true,
  });
}
