/** A person's own pictures: a folder of PNG and JPEG files, as a detector sees them. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { requireCount } from "../backend/require";
import type * as tf from "../backend/tf";
import { decodeImage, imageHeader, type ImageHeader, type Pixels } from "../images/imageCodec";
import { fromPixels } from "./images";

/** One picture that was read. */
export interface PictureFile extends ImageHeader {
  /** The file's name in its folder. */
  readonly name: string;
}

/** What a folder holds. */
export interface ImageFolder {
  /** Those that were read, by name. */
  readonly files: readonly PictureFile[];
  /** What was left out, and why, in words: "notes.txt: it is neither PNG nor JPEG". */
  readonly leftOut: readonly string[];
  /**
   * The middle of each picture, [files, side, side, 3] in [-1, 1], which the caller disposes; undefined where no file was read.
   */
  readonly images: tf.Tensor4D | undefined;
}

/** More pictures than this are not read: they would fill the memory. */
const MOST_FILES = 2000;

/** The middle of a picture, without scaling: scaling would change its spectrum. */
function middle({ width, height, rgba }: Pixels, side: number): Pixels {
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const cut = new Uint8ClampedArray(side * side * 4);
  for (let row = 0; row < side; row++) {
    const start = ((top + row) * width + left) * 4;
    cut.set(rgba.subarray(start, start + side * 4), row * side * 4);
  }
  return { width: side, height: side, rgba: cut };
}

/** @throws Error when the file cannot be read, is no picture, is broken or too small. */
async function readPicture(
  file: string,
  side: number,
): Promise<{ header: ImageHeader; pixels: Pixels }> {
  const bytes = await readFile(file);
  const header = imageHeader(bytes);
  if (Math.min(header.width, header.height) < side)
    throw new Error(
      `it has ${header.width} x ${header.height} pixels, fewer than the ${side} x ${side} that are looked at`,
    );
  return { header, pixels: middle(decodeImage(bytes), side) };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new Error(`The folder ${folder} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Reads the PNG and JPEG files of a folder, by their content and not by their names, at most 2,000 of them. Of each picture
 * the `side` x `side` pixels in its middle are taken, unscaled; what is transparent becomes white. Folders in it and hidden
 * files are passed over; a file that is no picture, is broken or smaller is left out and said.
 *
 * @throws Error when the folder cannot be read; RangeError when side is below 8.
 */
export async function readImageFolder(folder: string, side: number): Promise<ImageFolder> {
  requireCount("readImageFolder: side", side, 8);
  const names = await namesIn(folder);
  const files: PictureFile[] = [];
  const pictures: Pixels[] = [];
  const leftOut: string[] = [];
  for (const name of names.slice(0, MOST_FILES)) {
    try {
      const { header, pixels } = await readPicture(path.join(folder, name), side);
      files.push({ name, ...header });
      pictures.push(pixels);
    } catch (error) {
      leftOut.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (names.length > MOST_FILES)
    leftOut.push(
      `${names.length - MOST_FILES} more files: at most ${MOST_FILES} of a folder are read`,
    );
  return { files, leftOut, images: pictures.length === 0 ? undefined : fromPixels(pictures, 3) };
}
