import { drawing, type Drawing } from "./drawing";
import { group, text, type Part } from "./part";
import { grid } from "./tiles";

const PIXELS = [2, 0, 1, 3];
const KERNEL = [1, 2, 3, 2, 1];
const STRIDE = 2;
const LENGTH = (PIXELS.length - 1) * STRIDE + KERNEL.length;

const CELL = 36;
const LEFT = 128;
const ROW = 48;

/** Each pixel's copy of the kernel. */
const COPIES = PIXELS.map((pixel) => KERNEL.map((weight) => pixel * weight));

/** What the copies that lie on a cell give together. */
function onCell(cell: number, worth: (copy: readonly number[], i: number) => number): number {
  return COPIES.reduce((sum, copy, place) => {
    const i = cell - place * STRIDE;
    return i >= 0 && i < copy.length ? sum + worth(copy, i) : sum;
  }, 0);
}

const cells = Array.from({ length: LENGTH }, (_, cell) => cell);
const SUMS = cells.map((cell) => onCell(cell, (copy, i) => copy[i] ?? 0));
const COUNTS = cells.map((cell) => onCell(cell, () => 1));

/** A row of the drawing: its name, and numbers that begin at a column. */
function row(index: number, name: string, from: number, values: readonly number[][]): Part {
  const top = 20 + index * ROW;
  const options = { cell: CELL, ink: index === 0 ? "quiet" : "mark" } as const;
  return group([
    text([LEFT - 12, top + 24], name, { size: 15, anchor: "end" }),
    ...values.map((numbers, i) =>
      grid([numbers], { ...options, at: [LEFT + (from + i * STRIDE) * CELL, top] }),
    ),
  ]);
}

/** The result and its counts, below the copies. */
function sums(index: number): Part {
  const top = 20 + index * ROW;
  return group([
    text([LEFT - 12, top + 24], "their sum", { size: 15, anchor: "end" }),
    grid([SUMS], { at: [LEFT, top], cell: CELL, ink: "fake" }),
    text([LEFT - 12, top + ROW + 14], "copies here", { size: 15, anchor: "end" }),
    ...cells.map((cell) =>
      text([LEFT + (cell + 0.5) * CELL, top + ROW + 14], String(COUNTS[cell]), { size: 15 }),
    ),
  ]);
}

/** A transposed convolution of one row: each pixel lays down the kernel times itself, and copies that overlap are added. */
export function kernelsLaidDown(): Drawing {
  const copies = COPIES.map((copy, place) =>
    row(place + 1, `${PIXELS[place]} × kernel`, place * STRIDE, [copy]),
  );
  const frame = {
    title: "A transposed convolution of one row",
    alt:
      `A row of ${PIXELS.length} pixels, ${PIXELS.join(", ")}. Each lays down a copy of the kernel ${KERNEL.join(", ")}, times its ` +
      `own value; the copies begin ${STRIDE} places apart. Their sum is a row of ${LENGTH}: ${SUMS.join(", ")}. ` +
      `So many copies lie on its places: ${COUNTS.join(", ")}; in the middle 2 and 3 in turn.`,
    width: LEFT + LENGTH * CELL + 20,
    height: 20 + 7 * ROW,
  };
  const pixels = row(
    0,
    "pixels",
    (KERNEL.length - 1) / 2,
    PIXELS.map((pixel) => [pixel]),
  );
  return drawing(frame, [pixels, ...copies, sums(PIXELS.length + 1)]);
}
