import { arrow } from "./arrows";
import { drawing, type Drawing } from "./drawing";
import { text, type Place } from "./part";
import { grid, outline, type Grid } from "./tiles";

/** A stroke that goes down, with a foot. */
const IMAGE: Grid = [
  [0, 0, 0, 0, 0, 0],
  [0, 0, 1, 0, 0, 0],
  [0, 0, 1, 0, 0, 0],
  [0, 0, 1, 0, 0, 0],
  [0, 0, 1, 1, 1, 0],
  [0, 0, 0, 0, 0, 0],
];
/** Likes strokes that go down. */
const KERNEL: Grid = [
  [0, 1, 0],
  [0, 1, 0],
  [0, 1, 0],
];
/** Where the kernel stands in the drawing. */
const PLACE = { row: 1, column: 1 };
const CELL = 30;

/** A convolution without padding, by a stride of 1. */
function convolved(image: Grid, kernel: Grid): Grid {
  const count = image.length - kernel.length + 1;
  const at = (row: number, column: number): number =>
    kernel
      .flatMap((line, i) => line.map((weight, j) => weight * image[row + i]![column + j]!))
      .reduce((sum, value) => sum + value, 0);
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (__, column) => at(row, column)),
  );
}

/** A kernel on an image: multiplied with what lies below it, added up to one number, at each place. */
export function slidingKernel(): Drawing {
  const output = convolved(IMAGE, KERNEL);
  const { row, column } = PLACE;
  const image: Place = [24, 52];
  const result: Place = [492, 82];
  const frame = {
    title: "A convolution",
    alt:
      `An image of ${IMAGE.length} x ${IMAGE.length} numbers with a stroke that goes down. A kernel of ${KERNEL.length} x ` +
      `${KERNEL.length}, which holds ones in its middle column, lies over a part of it: the products add up to ` +
      `${output[row]![column]}. At all places the kernel gives an image of ${output.length} x ${output.length}; it is ` +
      "largest where the stroke is.",
    width: 640,
    height: 290,
  };
  return drawing(frame, [
    text([image[0] + 3 * CELL, 36], "image", { bold: true }),
    grid(IMAGE, { at: image, cell: CELL }),
    outline(
      { at: [image[0] + column * CELL, image[1] + row * CELL], cell: CELL, ink: "mark" },
      KERNEL.length,
      KERNEL.length,
    ),
    text([232, 148], "×", { size: 22 }),
    text([307, 80], "kernel", { bold: true }),
    grid(KERNEL, { at: [262, 97], cell: CELL, ink: "mark" }),
    text([307, 210], "its weights", { size: 15 }),
    arrow(
      [
        [366, 142],
        [482, 142],
      ],
      { label: "add up" },
    ),
    text([result[0] + 2 * CELL, 66], "output", { bold: true }),
    grid(output, { at: result, cell: CELL, ink: "real" }),
    outline(
      { at: [result[0] + column * CELL, result[1] + row * CELL], cell: CELL, ink: "mark" },
      1,
      1,
    ),
    text([320, 268], "Then the kernel moves on by one, and so on, over the whole image."),
  ]);
}
