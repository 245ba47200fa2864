/** A person's own pictures: a folder of PNG and JPEG files, as a detector sees them. */
import { requireCount } from "../backend/require";
import type * as tf from "../backend/tf";
import { decodeStored, imageHeader, type ImageHeader } from "../images/decode";
import { cut, uniformBorder, upright, type Border, type Pixels } from "../images/pixels";
import { readRegularFile } from "../images/regularFile";
import { fromPixels } from "./images";
import { entriesOf, picturesBelow, type SubFolder } from "../images/listFolder";

/** One picture that was read. */
export interface PictureFile extends ImageHeader {
  /** The file's name in its folder. */
  readonly name: string;
  /** Its uniform border, such as a frame or bars, as it is stored. */
  readonly border: Border;
  /** Whether the border is in the square that is looked at, because what it leaves is too small. */
  readonly seesBorder: boolean;
}

/** What a folder holds. */
export interface ImageFolder {
  /** Those that were read, by name. */
  readonly files: readonly PictureFile[];
  /** What was left out, and why, in words: "notes.txt: it is neither PNG nor JPEG". */
  readonly leftOut: readonly string[];
  /** The folders in it that hold pictures; none of these was read. */
  readonly folders: readonly SubFolder[];
  /**
   * A square of each picture, [files, side, side, 3] in [-1, 1], which the caller disposes; undefined where no file was read.
   */
  readonly images: tf.Tensor4D | undefined;
}

/** More pictures than this are not read: they would fill the memory. */
const MOST_FILES = 2000;

/** Pixels a side of what JPEG rounds together: a block of 8 x 8, of colours at half the resolution. */
export const GRID = 16;

/** The place nearest to the middle of [begin, end) where `side` pixels begin on the grid; undefined where there is none. */
function onGrid(begin: number, end: number, side: number): number | undefined {
  const middle = Math.max(0, (begin + end - side) / 2);
  const places = [GRID * Math.floor(middle / GRID), GRID * Math.ceil(middle / GRID)];
  return places.find((place) => place >= begin && place + side <= end);
}

/** The square that is looked at: within the border where it fits, else in the middle of all. */
export function squareOf(
  { width, height }: { readonly width: number; readonly height: number },
  border: Border,
  side: number,
): { left: number; top: number; seesBorder: boolean } {
  const left = onGrid(border.left, width - border.right, side);
  const top = onGrid(border.top, height - border.bottom, side);
  if (left !== undefined && top !== undefined) return { left, top, seesBorder: false };
  const seesBorder = Object.values(border).some((depth) => depth > 0);
  return { left: onGrid(0, width, side)!, top: onGrid(0, height, side)!, seesBorder };
}

/** @throws Error when the file cannot be read, is no picture, is broken or too small. */
async function readPicture(
  file: Buffer,
  side: number,
): Promise<{ header: Omit<PictureFile, "name">; pixels: Pixels }> {
  const bytes = await readRegularFile(file);
  const header = await imageHeader(bytes);
  const { width, height, orientation } = header;
  if (Math.min(width, height) < side)
    throw new Error(
      `it has ${width} x ${height} pixels, fewer than the ${side} x ${side} that are looked at`,
    );
  const stored = await decodeStored(bytes, header);
  const border = uniformBorder(stored);
  const { left, top, seesBorder } = squareOf(stored, border, side);
  const square = cut(stored, left, top, { width: side, height: side });
  return { header: { ...header, border, seesBorder }, pixels: upright(square, orientation) };
}

/**
 * Reads the PNG and JPEG files of a folder, by their content and not by their names, at most 2,000 of them. Of each picture a
 * square near its middle is taken, unscaled, and turned upright; what is transparent becomes white. The square begins on the
 * grid of JPEG's blocks, so that it is cut from pictures of every size alike, and lies within a uniform border where it fits.
 *
 * Hidden files are passed over; a file that is no picture, is broken or smaller is left out and said. Folders in it are not
 * read, but those with pictures are named.
 *
 * @param side Pixels a side of the square, at least 8. A multiple of 16 stays on the grid when a picture is turned.
 * @throws Error when the folder cannot be read; RangeError when side is below 8.
 */
export async function readImageFolder(folder: string, side: number): Promise<ImageFolder> {
  requireCount("readImageFolder: side", side, 8);
  const entries = await entriesOf(folder);
  const names = entries.filter(({ isFolder }) => !isFolder);
  const files: PictureFile[] = [];
  const pictures: Pixels[] = [];
  const leftOut: string[] = [];
  for (const { name, file } of names.slice(0, MOST_FILES)) {
    try {
      const { header, pixels } = await readPicture(file, side);
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
  return {
    files,
    leftOut,
    folders: await picturesBelow(folder, entries),
    images: pictures.length === 0 ? undefined : fromPixels(pictures, 3),
  };
}
