/** Drawings (SVG) as pixels, through sharp (librsvg). */
import { Buffer } from "node:buffer";
import { requireCount } from "../backend/require";

/** More than this is no drawing of an emoji or an icon. */
const MOST_BYTES = 4 * 2 ** 20;
const MOST_SIDE = 4096;
/** SVG's user units an inch: at this density a drawing has as many pixels as units. */
const UNITS_AN_INCH = 72;

/** What {@link renderSvg} takes. */
export interface RenderSvgOptions {
  /** The sides of the picture in pixels, 1 to 4096. */
  readonly side: number;
  /** The colour behind the drawing, each 0 to 255. Default: white. */
  readonly background?: readonly [red: number, green: number, blue: number];
}

/** @throws Error when a file is no SVG, or has what could read other files or grow without end. */
function requireDrawing(svg: Buffer): void {
  if (svg.length === 0) throw new Error("the file is empty");
  if (svg.length > MOST_BYTES)
    throw new Error(`it has ${svg.length} bytes, more than ${MOST_BYTES}; simplify the drawing`);
  const text = svg.toString("utf8");
  if (!/<svg[\s>]/.test(text)) throw new Error("it is no SVG: it has no <svg> element");
  const foreign = /<!ENTITY|<image[\s>]|(?:href|src)\s*=\s*["'](?!#)/i.exec(text)?.[0];
  if (foreign !== undefined)
    throw new Error(
      `it refers to something outside of itself (${foreign}); leave only shapes in it`,
    );
}

/**
 * Draws an SVG into a square: as large as fits, in the middle, on the background. The same file gives the same bytes wherever the
 * same version of librsvg draws it.
 *
 * @returns Red, green and blue, 0 to 255, row by row: [side, side, 3].
 * @throws Error when it is no SVG, broken, larger than 4 MB, or refers to other files; RangeError for a side outside 1 … 4096.
 */
export async function renderSvg(
  svg: Uint8Array | string,
  { side, background: [r, g, b] = [255, 255, 255] }: RenderSvgOptions,
): Promise<Uint8Array> {
  requireCount("renderSvg: side", side);
  if (side > MOST_SIDE)
    throw new RangeError(`renderSvg: side must be at most ${MOST_SIDE} pixels, got ${side}.`);
  const bytes = Buffer.from(svg);
  requireDrawing(bytes);
  const sharp = require("sharp") as typeof import("sharp");
  const background = { r, g, b };
  try {
    const { width, height } = await sharp(bytes).metadata();
    const density = Math.max(1, (UNITS_AN_INCH * side) / Math.max(width, height)); // sharp takes no less
    const drawn = await sharp(bytes, { density, failOn: "warning" })
      .resize(side, side, { fit: "contain", background })
      .flatten({ background })
      .removeAlpha()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer();
    return new Uint8Array(drawn.buffer, drawn.byteOffset, drawn.length);
  } catch (error) {
    const said = (error as Error).message.split("\n")[0]!;
    throw new Error(`the drawing is broken (${said})`, { cause: error });
  }
}

/** What drew: with another version some pixels may differ. */
export function svgRenderer(): string {
  const { versions } = require("sharp") as typeof import("sharp");
  return `rsvg ${versions.rsvg ?? "unknown"}, vips ${versions.vips}`;
}
