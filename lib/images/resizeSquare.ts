import { Buffer } from "node:buffer";

/**
 * A square picture in another size, by sharp's Lanczos filter.
 *
 * @param picture Red, green and blue, 0 to 255, row by row: [from, from, 3].
 * @returns [side, side, 3].
 */
export async function resizeSquare(picture: Uint8Array, side: number): Promise<Uint8Array> {
  const from = Math.sqrt(picture.length / 3);
  if (from === side) return picture;
  const sharp = require("sharp") as typeof import("sharp");
  const raw = { width: from, height: from, channels: 3 } as const;
  const resized = await sharp(Buffer.from(picture), { raw }).resize(side, side).raw().toBuffer();
  return new Uint8Array(resized.buffer, resized.byteOffset, resized.length);
}
