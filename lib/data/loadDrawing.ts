import { requireCount } from "../backend/require";
import type * as tf from "../backend/tf";
import { drawnPixels } from "../images/drawnPixels";
import { readRegularFile } from "../images/regularFile";
import { toTensor } from "./ImageDataset";

const MOST_SIDE = 4096;

/** @throws Error that says in words why there is no drawing. */
async function pixelsOf(file: string, side: number): Promise<Uint8Array> {
  const pixels = await drawnPixels(await readRegularFile(file), side);
  if (pixels.every((value, i) => value === pixels[i % 3]))
    throw new Error("it is empty: all its pixels have one colour; draw with black on white");
  return pixels;
}

function reasonOf(error: Error & { readonly code?: string }): string {
  if (error.code === "ENOENT")
    return "there is no such file; a relative path starts at the notebook's folder";
  return error.message.replace("neither PNG nor JPEG", "no PNG, JPEG or SVG");
}

/**
 * A drawing of your own from a file, for a network that was trained on drawings: an SVG of any size, or a square PNG or JPEG of
 * at least `side` pixels, which is scaled down. What is transparent becomes white.
 *
 * @param file Its path; a relative one starts at the notebook's folder.
 * @returns [1, side, side, 3] in [-1, 1]. The caller disposes it.
 * @throws Error that names the file and why: it is not there, no picture, broken, not square, too small or empty; RangeError for a side outside 1 … 4096.
 * @example
 * const mine = await gan.loadDrawing("my-cat.svg", { side: 32 });
 */
export async function loadDrawing(
  file: string,
  { side }: { readonly side: number },
): Promise<tf.Tensor4D> {
  requireCount("loadDrawing: side", side);
  if (side > MOST_SIDE)
    throw new RangeError(`loadDrawing: side must be at most ${MOST_SIDE} pixels, got ${side}.`);
  try {
    const images = await pixelsOf(file, side);
    return toTensor({ images, size: 1, imageShape: [side, side, 3] });
  } catch (error) {
    throw new Error(`loadDrawing: ${file}: ${reasonOf(error as Error)}.`, { cause: error });
  }
}
