import { Buffer } from "node:buffer";
import { imageHeader } from "./decode";
import { renderSvg } from "./svg";
import { thumbnail } from "./thumbnail";

/** Where a file's first letter is looked for. */
const BEGINNING = 256;

function isMarkup(file: Uint8Array): boolean {
  const beginning = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, BEGINNING));
  return /^\s*</.test(beginning.toString("utf8"));
}

/**
 * A drawing of anyone's, from a file or a canvas, on a white page: an SVG is drawn, a square PNG or JPEG is scaled down.
 *
 * @returns Red, green and blue, 0 to 255, row by row: [side, side, 3].
 * @throws Error when it is none of these, is broken, or is a picture that is not square or has fewer pixels than asked for.
 */
export async function drawnPixels(file: Uint8Array, side: number): Promise<Uint8Array> {
  if (isMarkup(file)) return renderSvg(file, { side });
  const { width, height } = await imageHeader(file);
  if (width !== height || width < side)
    throw new Error(
      `it has ${width} x ${height} pixels, and a drawing must be square, of ${side} x ${side} or more; put it on a square white page`,
    );
  return thumbnail(file, { size: side, channels: 3 });
}
