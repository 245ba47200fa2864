import { arrow } from "./arrows";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Part } from "./part";
import { grid, outline, type Grid } from "./tiles";

const KERNEL = 3;
const STRIDE = 2;
const SMALL = 2;
/** A transposed convolution gives so much, and a convolution takes it back to `SMALL`. */
const LARGE = (SMALL - 1) * STRIDE + KERNEL;
const CELL = 28;

function gridOf(side: number, value: (i: number, j: number) => number): Grid {
  return Array.from({ length: side }, (_, i) =>
    Array.from({ length: side }, (__, j) => value(i, j)),
  );
}

/** How many places along one side lay their kernel over a cell. */
function covering(index: number): number {
  return Array.from({ length: SMALL }, (_, place) => index - place * STRIDE).filter(
    (from) => from >= 0 && from < KERNEL,
  ).length;
}

function downwards(top: number): Part {
  const large = { at: [24, top + 40], cell: CELL } as const;
  const small = { at: [396, top + 40 + 1.5 * CELL], cell: CELL, ink: "mark" } as const;
  return group([
    text([24, top + 22], `Convolution: ${LARGE} × ${LARGE} becomes ${SMALL} × ${SMALL}`, {
      anchor: "start",
      bold: true,
    }),
    grid(
      gridOf(LARGE, () => 0),
      large,
      false,
    ),
    outline({ ...large, ink: "mark" }, KERNEL, KERNEL),
    arrow(
      [
        [176, top + 110],
        [386, top + 110],
      ],
      { label: `kernel ${KERNEL} × ${KERNEL}, stride ${STRIDE}` },
    ),
    grid(
      gridOf(SMALL, (i, j) => (i + j === 0 ? 1 : 0)),
      small,
      false,
    ),
    text([281, top + 134], "one number for each", { size: 15 }),
    text([281, top + 153], "place of the kernel", { size: 15 }),
  ]);
}

function upwards(top: number): Part {
  const small = { at: [66, top + 40 + 1.5 * CELL], cell: CELL } as const;
  const large = { at: [354, top + 40], cell: CELL, ink: "fake" } as const;
  return group([
    text(
      [24, top + 22],
      `Transposed convolution: ${SMALL} × ${SMALL} becomes ${LARGE} × ${LARGE}`,
      {
        anchor: "start",
        bold: true,
      },
    ),
    grid(
      gridOf(SMALL, (i, j) => (i + j === 0 ? 1 : 0)),
      { ...small, ink: "mark" },
      false,
    ),
    arrow(
      [
        [134, top + 110],
        [344, top + 110],
      ],
      { label: "each number lays down" },
    ),
    text([239, top + 134], "the kernel times itself;", { size: 15 }),
    text([239, top + 153], "where copies overlap", { size: 15 }),
    text([239, top + 172], "they add (counted here)", { size: 15 }),
    grid(
      gridOf(LARGE, (i, j) => covering(i) * covering(j)),
      large,
    ),
    outline({ ...large, ink: "mark" }, KERNEL, KERNEL),
  ]);
}

/** A convolution with stride 2, and the transposed one that goes back; its cells say how many kernels lie on them. */
export function convolution(): Drawing {
  const frame = {
    title: "Convolution and transposed convolution",
    alt:
      `Above, a convolution with stride ${STRIDE}: a kernel of ${KERNEL} × ${KERNEL} is laid over ${LARGE} × ${LARGE} numbers at ` +
      `${SMALL * SMALL} places, and gives one number for each: ${SMALL} × ${SMALL}. Below, the transposed one: each of ` +
      `${SMALL} × ${SMALL} numbers lays down a kernel, ${STRIDE} cells apart, on ${LARGE} × ${LARGE} cells. Where kernels overlap ` +
      "they are added: one lies on the corners, two on the middle of the sides, four on the centre.",
    width: 520,
    height: 420,
  };
  return drawing(frame, [downwards(8), upwards(212)]);
}
