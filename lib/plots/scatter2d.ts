import type { TopLevelSpec } from "vega-lite";
import { chartOf, colorBySeries, colorScale } from "./chart";
import { sayList, sayNumber } from "./numbers";
import { atMost, boundsOf, sayBounds, type Points } from "./points";
import { FAKE_COLOR, REAL_COLOR, SQUARE_SIZE } from "./theme";

/** What {@link scatter2d} takes. */
export interface Scatter2dOptions {
  /** Real and generated samples; what is left out is not drawn. */
  readonly real?: Points;
  readonly fake?: Points;
  /** Other points by their sets' names. */
  readonly series?: Readonly<Record<string, Points>>;
  readonly title?: string;
  /** Default "x". */
  readonly xTitle?: string;
  /** Default "y". */
  readonly yTitle?: string;
  /** The lowest and the highest value of each axis, so that charts can be compared; chosen from the data where left out. */
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

/** More points than these make a blot, not a picture. */
const MAX_POINTS = 1000;

function saySet(name: string, points: Points): string {
  const shown = points.length > MAX_POINTS ? ` (${sayNumber(MAX_POINTS)} of them drawn)` : "";
  return `${sayNumber(points.length)} ${name} points${shown} with ${sayBounds(boundsOf(`scatter2d: ${name}`, points))}`;
}

/**
 * Real and generated samples in the plane, or other sets of points, as dots of one colour a set.
 *
 * @throws Error when there are no points, or a coordinate is not finite.
 */
export function scatter2d(options: Scatter2dOptions): TopLevelSpec {
  const {
    real,
    fake,
    series = {},
    title,
    xTitle = "x",
    yTitle = "y",
    xDomain,
    yDomain,
    description,
  } = options;
  const sets = [
    { name: "real", color: REAL_COLOR, points: real },
    { name: "generated", color: FAKE_COLOR, points: fake },
    ...Object.entries(series).map(([name, points]) => ({ name, color: undefined, points })),
  ].flatMap(({ points, ...set }) => (points === undefined ? [] : [{ ...set, points }]));
  if (sets.length === 0)
    throw new Error("scatter2d needs points: give `real`, `fake` or `series`.");
  const said = `Scatter chart of ${sayList(sets.map(({ name, points }) => saySet(name, points)))}.`;
  const values = sets.flatMap(({ name, points }) =>
    atMost(MAX_POINTS, points).map(([x, y]) => ({ x, y, series: name })),
  );
  const scaleOf = (domain?: readonly [number, number]): object => ({
    zero: false,
    ...(domain === undefined ? {} : { domain }),
  });
  const layer = {
    data: { values },
    mark: { type: "circle", size: 24, opacity: 0.6, clip: true },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: xTitle,
        axis: { tickCount: 6 },
        scale: scaleOf(xDomain),
      },
      y: {
        field: "y",
        type: "quantitative",
        title: yTitle,
        axis: { tickCount: 6 },
        scale: scaleOf(yDomain),
      },
      color: colorBySeries(colorScale(sets)),
    },
  };
  return chartOf([layer], {
    title,
    description: description ?? said,
    width: SQUARE_SIZE,
    height: SQUARE_SIZE,
  });
}
