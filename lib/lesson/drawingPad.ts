import { Buffer } from "node:buffer";
import type * as tf from "../backend/tf";
import { toTensor } from "../data/ImageDataset";
import { drawnPixels } from "../images/drawnPixels";
import { encodePng } from "../images/encode";
import { pixelsOf, sizesOf } from "../plots/plainImages";
import { createDisplay } from "./display";
import { DRAWING_PAD_VIEW } from "./drawingPadView";
import { failedFigure, follower, requireFigure } from "./following";
import { openWidget, showWidget } from "./widget";

/** What {@link drawingPad} takes. */
export interface DrawingPadOptions {
  /** What is to be drawn, such as "your drawing". */
  readonly label: string;
  /**
   * The drawing on the page at first, [1, side, side, 3] in [-1, 1]; its side is the side of all drawings. In headless runs and on
   * exported pages it stays. Read, not disposed.
   */
  readonly start: tf.Tensor4D;
  /**
   * Makes the figure of a drawing [1, side, side, 3] in [-1, 1], which is disposed afterwards: a grid, a chart, or anything else
   * that `gan.display` knows.
   */
  readonly draw: (drawing: tf.Tensor4D) => unknown;
}

const PNG = "data:image/png;base64,";

/**
 * The first drawing as a PNG, and its side.
 *
 * @throws Error when it is not one square picture of three channels in [-1, 1].
 */
async function firstOf(start: tf.Tensor4D): Promise<{ picture: string; side: number }> {
  const [, height, width] = start.shape;
  const shape = start.shape.join(", ");
  if (height !== width || shape !== `1, ${height}, ${width}, 3`)
    throw new Error(`drawingPad: start must have the shape [1, side, side, 3], got [${shape}].`);
  const plain = { data: await start.data<"float32">(), shape: start.shape };
  const rgba = pixelsOf(plain, sizesOf(plain), 0);
  const png = encodePng({ width, height, rgba });
  return { picture: PNG + png.toString("base64"), side: width };
}

/** @throws Error when the page sent something other than a PNG, or a broken one. */
async function drawingFrom(picture: unknown, side: number): Promise<tf.Tensor4D> {
  if (typeof picture !== "string" || !picture.startsWith(PNG))
    throw new Error("the page sent no PNG");
  const images = await drawnPixels(Buffer.from(picture.slice(PNG.length), "base64"), side);
  return toTensor({ images, size: 1, imageShape: [side, side, 3] });
}

/**
 * Shows a page to draw on below the cell, with the mouse, a pen or a finger, and a figure that is made anew of each drawing: a
 * trained network may colour it. Without a hand, in a headless run, on an exported page and in a Jupyter without widgets, the
 * figure of the start drawing stays.
 *
 * @throws Error for a start of another shape or range; TypeError when `draw` returns nothing; whatever `draw` throws for the start
 *   drawing. For later drawings the error stands in the figure's place.
 * @example
 * await gan.drawingPad({ label: "your drawing", start, draw: (drawing) => gan.tensorGrid(colour(drawing)) });
 */
export async function drawingPad({ label, start, draw }: DrawingPadOptions): Promise<void> {
  const { picture, side } = await firstOf(start);
  const display = createDisplay();
  const show = async (drawing: tf.Tensor4D): Promise<void> =>
    display.update(requireFigure("drawingPad", await draw(drawing)));
  const follow = follower<unknown>(async (drawn) => {
    try {
      const drawing = await drawingFrom(drawn, side);
      await show(drawing).finally(() => drawing.dispose());
    } catch (error) {
      await display.update(failedFigure(label, error));
    }
  });
  const widget = openWidget(
    DRAWING_PAD_VIEW,
    { label, picture },
    {
      // The cell's text tells a cell that is run again from another one.
      key: `${label} ${String(draw)}`,
      onChange: (changed) => ("picture" in changed ? follow(changed["picture"]) : undefined),
    },
  );
  showWidget(
    widget,
    `${label}, ${side} x ${side} pixels: a page to draw on in JupyterLab. Below is what is made of the first drawing.`,
  );
  await show(start);
}
