import type { TopLevelSpec } from "vega-lite";
import { chartOf } from "./chart";
import { sayNumber } from "./numbers";
import { boundsOf, sayBounds, type Bounds, type Points } from "./points";
import { SQUARE_SIZE } from "./theme";

/** What {@link density2d} takes. */
export interface Density2dOptions {
  readonly points: Points;
  /** How many cells span each axis. Default 40. */
  readonly bins?: number;
  /** The lowest and the highest value of each axis; points outside are not counted. Default: the points' own. */
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  readonly title?: string;
  /** Default "x". */
  readonly xTitle?: string;
  /** Default "y". */
  readonly yTitle?: string;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

interface Cell {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  readonly count: number;
}

/** The cell of a coordinate: 0 to bins - 1, or NaN outside the range. */
function cellOf(value: number, [low, high]: readonly [number, number], bins: number): number {
  if (value < low || value > high) return NaN;
  return low === high ? 0 : Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
}

/** The cells that hold points. */
function cellsOf(points: Points, { x, y }: Bounds, bins: number): Cell[] {
  const counts = new Map<number, number>();
  for (const point of points) {
    const cell = cellOf(point[0], x, bins) * bins + cellOf(point[1], y, bins);
    if (!Number.isNaN(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const edge = ([low, high]: readonly [number, number], index: number): number =>
    low + ((high - low) * index) / bins;
  return [...counts].map(([cell, count]) => {
    const [column, row] = [Math.floor(cell / bins), cell % bins];
    return {
      x: edge(x, column),
      x2: edge(x, column + 1),
      y: edge(y, row),
      y2: edge(y, row + 1),
      count,
    };
  });
}

/**
 * How densely points lie in the plane: the number of points in each cell of a grid, as a colour.
 *
 * @throws Error when there are no points, or a coordinate is not finite; RangeError when `bins` is not a whole number of at least 1.
 */
export function density2d(options: Density2dOptions): TopLevelSpec {
  const { points, bins = 40, title, xTitle = "x", yTitle = "y", description } = options;
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`density2d: bins must be a whole number of at least 1, got ${bins}.`);
  const own = boundsOf("density2d: the list", points);
  const bounds = { x: options.xDomain ?? own.x, y: options.yDomain ?? own.y };
  const cells = cellsOf(points, bounds, bins);
  const most = Math.max(0, ...cells.map(({ count }) => count));
  const said = `Density of ${sayNumber(points.length)} points in ${bins} x ${bins} cells, ${sayBounds(bounds)}; the fullest cell holds ${sayNumber(most)}.`;
  const layer = {
    data: { values: cells },
    mark: { type: "rect", clip: true },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: xTitle,
        axis: { tickCount: 6 },
        scale: { domain: bounds.x },
      },
      x2: { field: "x2" },
      y: {
        field: "y",
        type: "quantitative",
        title: yTitle,
        axis: { tickCount: 6 },
        scale: { domain: bounds.y },
      },
      y2: { field: "y2" },
      color: {
        field: "count",
        type: "quantitative",
        legend: { title: "points", orient: "right" },
        scale: { scheme: "viridis", domainMin: 0 },
      },
    },
  };
  return chartOf([layer], {
    title,
    description: description ?? said,
    width: SQUARE_SIZE,
    height: SQUARE_SIZE,
  });
}
