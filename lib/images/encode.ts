/** Pictures to PNG and JPEG files, through canvas's codecs (libpng, libjpeg). */
import type { Canvas } from "canvas";
import type { Pixels } from "./pixels";

function canvasPackage(): typeof import("canvas") {
  return require("canvas") as typeof import("canvas");
}

function newCanvas(width: number, height: number): Canvas {
  return canvasPackage().createCanvas(width, height);
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

/**
 * A picture sent through a JPEG file of our own. Files of others are decoded by `decodeImage`, which cannot do it at once.
 *
 * @throws RangeError when the quality is not a whole number from 1 to 100.
 */
export function throughJpeg(pixels: Pixels, quality: number): Pixels {
  const { width, height } = pixels;
  const image = new (canvasPackage().Image)();
  image.src = encodeJpeg(pixels, quality);
  const context = newCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}
