/** Arrows: solid where values go forward, dashed in another ink where gradients come back. */
import { group, INKS, part, px, text, type Part, type Place, type TextStyle } from "./part";

/** What {@link arrow} takes besides its way. */
export interface ArrowOptions {
  /** Gradients are dashed. Default "values". */
  readonly carries?: "values" | "gradients";
  /** Beside the middle of the way's longest stretch. */
  readonly label?: string;
  /** Where the label stands. Default "above". */
  readonly side?: "above" | "below" | "left" | "right";
}

/** Length and half the width of an arrow's head. */
const HEAD = 10;
const HALF = 5;

function distance([x1, y1]: Place, [x2, y2]: Place): number {
  return Math.hypot(x2 - x1, y2 - y1);
}

/** The head at the end of a stretch, and where its shaft ends. */
function headOf(from: Place, to: Place): { readonly points: string; readonly neck: Place } {
  const length = distance(from, to);
  const [dx, dy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const neck: Place = [to[0] - HEAD * dx, to[1] - HEAD * dy];
  const corners: Place[] = [
    to,
    [neck[0] - HALF * dy, neck[1] + HALF * dx],
    [neck[0] + HALF * dy, neck[1] - HALF * dx],
  ];
  return { points: corners.map(say).join(" "), neck };
}

function say([x, y]: Place): string {
  return `${px(x)},${px(y)}`;
}

function middleOfLongest(way: readonly Place[]): Place {
  const stretches = way.slice(1).map((to, index) => [way[index]!, to] as const);
  const [from, to] = stretches.reduce((longest, next) =>
    distance(...next) > distance(...longest) ? next : longest,
  );
  return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
}

/** Where a label stands from the middle of its stretch, and which of its ends. */
const SIDES = {
  above: { shift: [0, -8], anchor: "middle" },
  below: { shift: [0, 20], anchor: "middle" },
  left: { shift: [-9, 5], anchor: "end" },
  right: { shift: [9, 5], anchor: "start" },
} as const;

function labelOf(way: readonly Place[], { label, side = "above" }: ArrowOptions): Part[] {
  if (label === undefined) return [];
  const [x, y] = middleOfLongest(way);
  const { shift, anchor } = SIDES[side];
  const style: TextStyle = { size: 15, anchor };
  return [text([x + shift[0], y + shift[1]], label, style)];
}

/**
 * An arrow along two or more places.
 *
 * @throws Error when there are fewer than two places, or the last two are one.
 */
export function arrow(way: readonly Place[], options: ArrowOptions = {}): Part {
  const [from, to] = way.slice(-2);
  if (from === undefined || to === undefined || distance(from, to) === 0)
    throw new Error("An arrow needs at least two places, the last two of them apart.");
  const gradients = options.carries === "gradients";
  const color = gradients ? INKS.gradient : INKS.text;
  const { points, neck } = headOf(from, to);
  const shaft = [...way.slice(0, -1), neck].map(say).join(" ");
  const dashes = gradients ? ' stroke-dasharray="6 4"' : "";
  return group([
    part(
      `<polyline points="${shaft}" fill="none" stroke="${color}" stroke-width="${gradients ? 3 : 2}"${dashes}/>`,
    ),
    part(`<polygon points="${points}" fill="${color}"/>`),
    ...labelOf(way, options),
  ]);
}

/** The two kinds of arrows and what they mean, in a row that starts at a place. */
export function arrowKey([x, y]: Place): Part {
  return group([
    arrow([
      [x, y],
      [x + 40, y],
    ]),
    text([x + 50, y + 5], "values", { size: 15, anchor: "start" }),
    arrow(
      [
        [x + 170, y],
        [x + 130, y],
      ],
      { carries: "gradients" },
    ),
    text([x + 180, y + 5], "gradients", { size: 15, anchor: "start" }),
  ]);
}
