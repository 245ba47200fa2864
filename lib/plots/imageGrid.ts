import type { Canvas, CanvasRenderingContext2D } from "canvas";
import { pixelsOf, sizesOf, type PlainImages, type ImageSizes } from "./plainImages";
import { CHART_CONFIG } from "./theme";

/** What {@link imageGrid} takes besides the pictures. */
export interface ImageGridOptions {
  /** Pictures side by side. Default: as many as make the grid about square. */
  readonly columns?: number | undefined;
  /** Rows to draw; pictures beyond them are left out, and the alternative text says so. Default: all. */
  readonly rows?: number | undefined;
  /** Screen pixels for each pixel of a picture, a whole number. Default: what makes a picture about 56 pixels wide. */
  readonly scale?: number | undefined;
  /** Texts at the left of the rows and on top of the columns. */
  readonly labels?:
    { readonly rows?: readonly string[]; readonly columns?: readonly string[] } | undefined;
  readonly title?: string | undefined;
  /** The alternative text; made from the pictures' number and size where left out. */
  readonly alt?: string | undefined;
}

/** Pictures in rows and columns, as one PNG; a notebook shows it as a picture. */
export interface ImageGrid {
  readonly png: Buffer;
  /** The PNG's size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** What Jupyter shows: data by MIME type. */
  [JUPYTER_DISPLAY](): Record<string, unknown>;
}

const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** Everything in screen pixels. */
interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly scale: number;
  /** Where the first picture's corner is. */
  readonly left: number;
  readonly top: number;
  /** From one picture's corner to the next one's. */
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 2;
/** About how many screen pixels an image is wide where no scale is given. */
const TILE = 56;
const LINE_HEIGHT = 22;
const LABEL_FONT = `13px ${CHART_CONFIG.font}`;
const TITLE_FONT = `bold 15px ${CHART_CONFIG.font}`;

function newCanvas(width: number, height: number): Canvas {
  const { createCanvas } = require("canvas") as typeof import("canvas");
  return createCanvas(width, height);
}

function requireCount(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`imageGrid: ${name} must be a whole number of at least 1, got ${value}.`);
  return value;
}

function textWidth(texts: readonly string[], font: string): number {
  const context = newCanvas(1, 1).getContext("2d");
  context.font = font;
  return Math.max(0, ...texts.map((text) => Math.ceil(context.measureText(text).width)));
}

function layOut({ count, width, height }: ImageSizes, options: ImageGridOptions): Layout {
  const scale = requireCount(
    "scale",
    options.scale ?? Math.max(1, Math.round(TILE / Math.max(width, height))),
  );
  const columns = Math.min(
    count,
    requireCount("columns", options.columns ?? Math.ceil(Math.sqrt(count))),
  );
  const rows = Math.min(
    Math.ceil(count / columns),
    requireCount("rows", options.rows ?? Math.ceil(count / columns)),
  );
  const { rows: rowLabels = [], columns: columnLabels = [] } = options.labels ?? {};
  const left = GAP + (rowLabels.length === 0 ? 0 : textWidth(rowLabels, LABEL_FONT) + 8);
  const top =
    GAP +
    (options.title === undefined ? 0 : LINE_HEIGHT) +
    (columnLabels.length === 0 ? 0 : LINE_HEIGHT);
  const stepX = Math.max(width * scale, textWidth(columnLabels, LABEL_FONT) + 4) + GAP;
  const stepY = Math.max(height * scale, rowLabels.length === 0 ? 0 : LINE_HEIGHT) + GAP;
  const titleWidth =
    options.title === undefined ? 0 : textWidth([options.title], TITLE_FONT) + 2 * GAP;
  return {
    columns,
    rows,
    scale,
    left,
    top,
    stepX,
    stepY,
    width: Math.max(left + columns * stepX, titleWidth),
    height: top + rows * stepY,
  };
}

function writeTexts(
  context: CanvasRenderingContext2D,
  layout: Layout,
  sizes: ImageSizes,
  { title, labels = {} }: ImageGridOptions,
): void {
  const { left, top, stepX, stepY, rows, columns, scale } = layout;
  context.fillStyle = "black";
  context.textBaseline = "middle";
  context.font = TITLE_FONT;
  if (title !== undefined) context.fillText(title, GAP, LINE_HEIGHT / 2);
  context.font = LABEL_FONT;
  labels.rows
    ?.slice(0, rows)
    .forEach((text, row) =>
      context.fillText(text, GAP, top + row * stepY + (sizes.height * scale) / 2),
    );
  context.textAlign = "center";
  labels.columns
    ?.slice(0, columns)
    .forEach((text, column) =>
      context.fillText(text, left + column * stepX + (stepX - GAP) / 2, top - LINE_HEIGHT / 2),
    );
}

function drawPictures(
  context: CanvasRenderingContext2D,
  layout: Layout,
  batch: PlainImages,
  sizes: ImageSizes,
): void {
  const { columns, rows, scale, left, top, stepX, stepY } = layout;
  const tile = newCanvas(sizes.width, sizes.height);
  const tileContext = tile.getContext("2d");
  context.imageSmoothingEnabled = false;
  for (let index = 0; index < Math.min(sizes.count, columns * rows); index++) {
    const image = tileContext.createImageData(sizes.width, sizes.height);
    image.data.set(pixelsOf(batch, sizes, index));
    tileContext.putImageData(image, 0, 0);
    const centred = (stepX - GAP - sizes.width * scale) / 2;
    const x = left + (index % columns) * stepX + Math.floor(centred);
    context.drawImage(
      tile,
      x,
      top + Math.floor(index / columns) * stepY,
      sizes.width * scale,
      sizes.height * scale,
    );
  }
}

function describe(
  { count, width, height, channels }: ImageSizes,
  { columns, rows }: Layout,
  title?: string,
): string {
  const shown = Math.min(count, columns * rows);
  const colour = channels === 1 ? "grey" : "colour";
  const about = title === undefined ? "" : `${title}: `;
  const rest = shown < count ? ` The first ${shown} of ${count} images are shown.` : "";
  return `${about}${about === "" ? "Grid" : "grid"} of ${columns} x ${rows} ${colour} images, ${width} x ${height} pixels each.${rest}`;
}

/**
 * Draws pictures in rows and columns, each pixel as a sharp square.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1].
 * @throws Error when the shape or the range is another one, or a value is NaN; RangeError for counts that make no sense.
 */
export function imageGrid(images: PlainImages, options: ImageGridOptions = {}): ImageGrid {
  const sizes = sizesOf(images);
  const layout = layOut(sizes, options);
  const canvas = newCanvas(layout.width, layout.height);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, layout.width, layout.height);
  writeTexts(context, layout, sizes, options);
  drawPictures(context, layout, images, sizes);
  const png = canvas.toBuffer("image/png");
  const alt = options.alt ?? describe(sizes, layout, options.title);
  const display = (): Record<string, unknown> => ({ "image/png": png, "text/plain": alt });
  return { png, width: layout.width, height: layout.height, alt, [JUPYTER_DISPLAY]: display };
}
