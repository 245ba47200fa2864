/** Small axes: a curve or some points that show an idea, without numbers. */
import { group, INKS, part, px, text, type Ink, type Part, type Place } from "./part";

/** What {@link axes} takes. */
export interface AxesOptions {
  /** The upper left corner of the plane. */
  readonly at: Place;
  readonly width: number;
  readonly height: number;
  /** The values at both ends of the axes. */
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** Below the x axis, at its right end. */
  readonly xTitle?: string;
  /** Above the y axis. */
  readonly yTitle?: string;
}

/** Axes, and what is drawn in their plane. */
export interface Axes {
  /** The two lines and their titles. */
  readonly part: Part;
  /** Where a point of the plane lies in the drawing. */
  at(x: number, y: number): Place;
  /** A curve y = f(x) over the x axis, or a part of it; dashed where asked. */
  curve(
    f: (x: number) => number,
    options: { ink: Ink; from?: number; to?: number; dashed?: boolean },
  ): Part;
  /** Points as dots; `hollow` ones tell a second set by more than its ink. */
  dots(points: readonly Place[], options: { ink: Ink; radius?: number; hollow?: boolean }): Part;
}

/** How many straight pieces a curve has. */
const PIECES = 80;

function linesOf({ at: [x, y], width, height, xTitle, yTitle }: AxesOptions): Part {
  const way = `${px(x)},${px(y)} ${px(x)},${px(y + height)} ${px(x + width)},${px(y + height)}`;
  return group([
    part(`<polyline points="${way}" fill="none" stroke="${INKS.quiet}" stroke-width="1.5"/>`),
    ...(xTitle === undefined
      ? []
      : [text([x + width, y + height + 19], xTitle, { size: 15, anchor: "end" })]),
    ...(yTitle === undefined ? [] : [text([x, y - 7], yTitle, { size: 15, anchor: "start" })]),
  ]);
}

/** Axes in a corner of a drawing, with the functions that draw in their plane. */
export function axes(options: AxesOptions): Axes {
  const { at: corner, width, height, xDomain, yDomain } = options;
  const at = (x: number, y: number): Place => [
    corner[0] + (width * (x - xDomain[0])) / (xDomain[1] - xDomain[0]),
    corner[1] + height - (height * (y - yDomain[0])) / (yDomain[1] - yDomain[0]),
  ];
  return {
    part: linesOf(options),
    at,
    curve: (f, { ink, from = xDomain[0], to = xDomain[1], dashed = false }) => {
      const places = Array.from({ length: PIECES + 1 }, (_, index) => {
        const x = from + ((to - from) * index) / PIECES;
        return at(x, f(x)).map(px).join(",");
      });
      const dashes = dashed ? ' stroke-dasharray="7 4"' : "";
      return part(
        `<polyline points="${places.join(" ")}" fill="none" stroke="${INKS[ink]}" stroke-width="2.5"${dashes}/>`,
      );
    },
    dots: (points, { ink, radius = 4, hollow = false }) => {
      const looks = hollow
        ? `fill="#FCFCFA" stroke="${INKS[ink]}" stroke-width="2"`
        : `fill="${INKS[ink]}"`;
      const circles = points.map(([x, y]) => {
        const [cx, cy] = at(x, y);
        return part(`<circle cx="${px(cx)}" cy="${px(cy)}" r="${radius}" ${looks}/>`);
      });
      return group(circles);
    },
  };
}
