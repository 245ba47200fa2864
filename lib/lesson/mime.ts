import { inspect } from "node:util";
import { describeDataFrame, isDataFrame } from "./dataFrame";
import { JUPYTER_DISPLAY } from "./html";
import { describeTensor, isTensor } from "./tensors";
import { chartBundle, isVegaLite } from "./vegaBundle";

/** The forms in which a value is shown: data by MIME type, and metadata by MIME type. */
export interface MimeBundle {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

interface CanvasLike {
  readonly width: number;
  readonly height: number;
  toBuffer(mime: "image/png"): Buffer;
}

interface Displayable {
  [JUPYTER_DISPLAY](): Record<string, unknown> | Promise<Record<string, unknown>>;
}

function isCanvas(value: object): value is CanvasLike {
  const { width, height, toBuffer, getContext, type = "image" } = value as Record<string, unknown>;
  return (
    typeof width === "number" &&
    typeof height === "number" &&
    typeof toBuffer === "function" &&
    typeof getContext === "function" &&
    type === "image"
  );
}

function isDisplayable(value: object): value is Displayable {
  return typeof (value as Partial<Displayable>)[JUPYTER_DISPLAY] === "function";
}

/** Messages to Jupyter are JSON, so binary data travels as base64. */
function encodeBinary(data: Record<string, unknown>): Record<string, unknown> {
  const encoded = Object.entries(data).map(([mime, part]) => [
    mime,
    part instanceof Uint8Array ? Buffer.from(part).toString("base64") : part,
  ]);
  return Object.fromEntries(encoded) as Record<string, unknown>;
}

/** The width in pixels, from its header, of a PNG that is at hand as bytes and has no HTML to be shown in its place. */
function widthOf({ "image/png": png, "text/html": html }: Record<string, unknown>): {
  width?: number;
} {
  if (html !== undefined || !(png instanceof Uint8Array) || png.length <= 24) return {};
  return { width: new DataView(png.buffer, png.byteOffset).getUint32(16) };
}

/** A picture's alternative text is the plain text beside it; its width lets a page know before it is drawn. */
function withAlt(data: Record<string, unknown>, alt?: string): MimeBundle {
  const described = alt === undefined ? data : { ...data, "text/plain": alt };
  const { "text/plain": text, "image/png": png } = described;
  return {
    data: encodeBinary(described),
    metadata:
      png !== undefined && typeof text === "string"
        ? { "image/png": { alt: text, ...widthOf(data) } }
        : {},
  };
}

/**
 * Turns a value into what a notebook shows of it: DataFrames as HTML tables, canvases as PNG, Vega-Lite charts as
 * charts with a PNG beside, tensors as a short summary, objects with a `Symbol.for("Jupyter.display")` method as they
 * say, and everything else as text. Tensors are read, never disposed; TensorFlow is not loaded.
 *
 * @param options.alt Alternative text for a picture or chart, in place of its own description.
 * @throws Error when a chart's specification is not valid, or when the value's own display method throws.
 */
export async function toMimeBundle(
  value: unknown,
  options: { readonly alt?: string } = {},
): Promise<MimeBundle> {
  const { alt } = options;
  if (typeof value === "object" && value !== null) {
    if (isDataFrame(value)) return { data: describeDataFrame(value), metadata: {} };
    if (isDisplayable(value)) return withAlt(await value[JUPYTER_DISPLAY](), alt);
    if (isVegaLite(value)) return chartBundle(value, alt);
    if (isTensor(value))
      return { data: { "text/plain": await describeTensor(value) }, metadata: {} };
    if (isCanvas(value)) {
      return withAlt(
        {
          "image/png": value.toBuffer("image/png"),
          "text/plain": `Picture of ${value.width} x ${value.height} pixels.`,
        },
        alt,
      );
    }
  }
  return { data: { "text/plain": inspect(value, { colors: false }) }, metadata: {} };
}
