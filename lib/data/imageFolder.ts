import path from "node:path";
import { requireCount } from "../backend/require";
import { entriesOf, picturesBelow, type Entry } from "../images/listFolder";
import { readRegularFile } from "../images/regularFile";
import { thumbnail, type ThumbnailOptions } from "../images/thumbnail";
import { createRandom } from "../ops/random";
import type { ImageDataset } from "./ImageDataset";

/** What {@link imageFolder} takes besides the folder. */
export interface ImageFolderOptions {
  /** Pixels a side, at least 8; the networks of the course double 7 to 28, or 4 to 32 and 64. */
  readonly size: number;
  /** 1 makes them grey. Default 3: red, green and blue. */
  readonly channels?: 1 | 3;
  /** The order of the pictures is drawn by it. Default 1. */
  readonly seed?: number;
}

/** A folder's pictures as training data. */
export interface FolderDataset extends ImageDataset {
  /** What was left out, and why, in words: "notes.txt: it is neither PNG nor JPEG". */
  readonly leftOut: readonly string[];
}

/** More bytes than this are not kept in memory. */
const MOST_BYTES = 2 ** 30;

/** How many of the files that were left out a sentence names. */
const NAMED = 5;

function sayLeftOut(leftOut: readonly string[]): string {
  if (leftOut.length === 0) return "";
  const named = leftOut.slice(0, NAMED).join("; ");
  const more = leftOut.length > NAMED ? `; and ${leftOut.length - NAMED} more` : "";
  return `${leftOut.length} file${leftOut.length === 1 ? " was" : "s were"} left out (${named}${more})`;
}

/** @throws Error that says what the folder holds in place of pictures. */
async function refuse(
  folder: string,
  entries: readonly Entry[],
  leftOut: readonly string[],
): Promise<never> {
  const below = await picturesBelow(folder, entries);
  const inside = below.map(({ name, pictures }) => `${name} (${pictures})`).join(", ");
  const nested =
    below.length === 0
      ? ""
      : ` Folders in it do: ${inside}. Give one of them: pictures of folders within the folder are not read.`;
  const said = leftOut.length === 0 ? "" : ` ${sayLeftOut(leftOut)}.`;
  throw new Error(
    `imageFolder: ${folder} holds no PNG or JPEG picture that can be used.${nested}${said}`,
  );
}

/** The names and bytes of the pictures, and what was left out. */
async function readAll(
  files: readonly Entry[],
  options: ThumbnailOptions,
): Promise<{ pictures: Uint8Array[]; leftOut: string[] }> {
  const most = Math.floor(MOST_BYTES / (options.size ** 2 * options.channels));
  const pictures: Uint8Array[] = [];
  const leftOut: string[] = [];
  for (const { name, file } of files) {
    try {
      if (pictures.length >= most) throw new Error(`more than ${most} pictures fill the memory`);
      pictures.push(await thumbnail(await readRegularFile(file), options));
    } catch (error) {
      leftOut.push(`${name}: ${(error as Error).message}`);
    }
  }
  return { pictures, leftOut };
}

/**
 * Your own pictures as training data: the PNG and JPEG files of a folder, by their content and not by their names. Of each one
 * the middle square is taken, turned upright and scaled down; as tensors (`gan.batches`, `gan.toTensor`) they are in [-1, 1].
 * Hidden files are passed over. A file that cannot be used, because it is no picture, is broken or smaller than `size`, is left
 * out and named in `leftOut` and in the description. All have the label 0.
 *
 * @param folder Its path; a relative one starts at the notebook's folder. Folders in it are not read.
 * @returns The pictures in an order drawn by the seed: the same files give the same order on every machine.
 * @throws Error when the folder cannot be read, or holds no picture that can be used; RangeError for a size below 8.
 * @example
 * const mine = await gan.imageFolder("my-pictures", { size: 32 });
 * const batches = gan.batches(mine, { batchSize: 32, random });
 */
export async function imageFolder(
  folder: string,
  { size, channels = 3, seed = 1 }: ImageFolderOptions,
): Promise<FolderDataset> {
  requireCount("imageFolder: size", size, 8);
  const entries = await entriesOf(folder);
  const files = entries.filter(({ isFolder }) => !isFolder);
  const { pictures, leftOut } = await readAll(files, { size, channels });
  if (pictures.length === 0) return refuse(folder, entries, leftOut);
  const length = size * size * channels;
  const images = new Uint8Array(pictures.length * length);
  createRandom(seed)
    .shuffledIndices(pictures.length)
    .forEach((from, to) => images.set(pictures[from]!, to * length));
  const name = path.basename(path.resolve(folder));
  const kind = channels === 1 ? "grey pictures" : "pictures";
  const note = leftOut.length === 0 ? "" : `; ${sayLeftOut(leftOut)}`;
  return {
    name,
    source: "folder",
    split: "train",
    description: `${pictures.length} ${kind} of ${size} x ${size} pixels from ${folder}${note}`,
    images,
    labels: new Uint8Array(pictures.length),
    classNames: [name],
    size: pictures.length,
    imageShape: [size, size, channels],
    leftOut,
  };
}
