/** Pictures of any size as small squares, which networks learn from. */
import { decodeStored, imageHeader } from "./decode";
import { upright } from "./pixels";

/** What {@link thumbnail} takes. */
export interface ThumbnailOptions {
  /** Pixels a side. */
  readonly size: number;
  /** 1 is grey, 3 are red, green and blue. */
  readonly channels: 1 | 3;
}

/**
 * The middle square of a PNG or JPEG file, turned upright and scaled down; what is transparent becomes white.
 *
 * @returns Bytes, [size, size, channels] row by row.
 * @throws Error when the file is no such picture, is broken, or has fewer pixels than asked for on a side.
 */
export async function thumbnail(
  file: Uint8Array,
  { size, channels }: ThumbnailOptions,
): Promise<Uint8Array> {
  const header = await imageHeader(file);
  if (Math.min(header.width, header.height) < size)
    throw new Error(
      `it has ${header.width} x ${header.height} pixels, fewer than ${size} x ${size}`,
    );
  const { width, height, rgba } = upright(await decodeStored(file, header), header.orientation);
  const sharp = require("sharp") as typeof import("sharp");
  const scaled = sharp(rgba, { raw: { width, height, channels: 4 } })
    .flatten({ background: "white" })
    .resize(size, size, { fit: "cover" });
  const bytes = await (channels === 1 ? scaled.toColourspace("b-w") : scaled).raw().toBuffer();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
