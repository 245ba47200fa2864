/** Pictures read in another size, which spares the memory of the whole. */
import { Buffer } from "node:buffer";
import { sharpPackage, STRICT } from "./decode";

/**
 * A PNG's or JPEG's pixels in another size, by sharp's Lanczos filter.
 *
 * @returns Red, green and blue, 0 to 255, row by row: [height, width, 3].
 * @throws Error when the file is damaged or has more than 64 million pixels.
 */
export async function decodeResized(
  file: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const resized = await sharpPackage()(bytes, STRICT)
    .resize(width, height, { fit: "fill", fastShrinkOnLoad: false })
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer();
  return new Uint8Array(resized.buffer, resized.byteOffset, resized.length);
}
