import type { TopLevelSpec } from "vega-lite";
import { chartOf, colorBySeries, colorScale, type Layer } from "./chart";
import { rangeOf, sayList, sayNumber, type Numbers } from "./numbers";
import { atMost, boundsOf, sayBounds, type Bounds, type Points } from "./points";
import { FAKE_COLOR, SQUARE_SIZE } from "./theme";

/** What {@link surface2d} takes. */
export interface Surface2dOptions {
  /** The function that is drawn: one value for each point. It is called once, with the middles of all cells. */
  readonly evaluate: (points: Points) => Numbers;
  /** The lowest and the highest value of each axis. */
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** How many cells span each axis. Default 48. */
  readonly cells?: number;
  /** Samples to draw over the surface. */
  readonly real?: Points;
  readonly fake?: Points;
  readonly title?: string;
  /** Default "x". */
  readonly xTitle?: string;
  /** Default "y". */
  readonly yTitle?: string;
  /** What the values are, beside the scale of colours. Default "value". */
  readonly valueTitle?: string;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

interface Cell {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  readonly value: number;
}

/** At most about so many colours: the edges between them are level lines, which show where a surface is flat and where it bends. */
const BANDS = 14;

/** More points than these would hide the surface. */
const MAX_POINTS = 400;

const REAL_DOT = "#FFFFFF";

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

/** The cells, row by row from the lowest, with the function's values at their middles. */
function cellsOf({ x, y }: Bounds, count: number, evaluate: (points: Points) => Numbers): Cell[] {
  const at = ([low, high]: readonly [number, number], index: number): number =>
    low + ((high - low) * index) / count;
  const places = Array.from(
    { length: count * count },
    (_, cell) => [cell % count, Math.floor(cell / count)] as const,
  );
  const values = evaluate(places.map(([column, row]) => [at(x, column + 0.5), at(y, row + 0.5)]));
  if (values.length !== places.length) {
    throw new Error(
      `surface2d: evaluate must give one value for each of the ${places.length} points, got ${values.length}.`,
    );
  }
  return places.map(([column, row], cell) => {
    const value = values[cell]!;
    if (!Number.isFinite(value))
      throw new Error(
        `surface2d: values must be finite, got ${value} at [${at(x, column + 0.5)}, ${at(y, row + 0.5)}].`,
      );
    return {
      x: rounded(at(x, column)),
      x2: rounded(at(x, column + 1)),
      y: rounded(at(y, row)),
      y2: rounded(at(y, row + 1)),
      value: rounded(value),
    };
  });
}

/** The values at which one colour ends and the next begins: round numbers, evenly apart. */
function levelsOf([low, high]: readonly [number, number]): number[] {
  if (!(low < high)) return [low];
  const exact = (high - low) / BANDS;
  const power = 10 ** Math.floor(Math.log10(exact));
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= exact) ?? 10);
  const first = Math.floor(low / step) + 1;
  const count = Math.ceil(high / step) - first;
  return Array.from({ length: count }, (_, i) => rounded((first + i) * step));
}

function surfaceLayer(
  cells: readonly Cell[],
  { x, y }: Bounds,
  titles: { readonly x: string; readonly y: string; readonly value: string },
): Layer {
  const levels = levelsOf(rangeOf(cells.map(({ value }) => value)) ?? [0, 0]);
  const scale = { type: "threshold", domain: levels, scheme: "viridis" };
  return {
    data: { values: cells },
    // each cell reaches a little under the next, or the page would shine through between them
    mark: { type: "rect", clip: true, x2Offset: 0.7, y2Offset: -0.7 },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: titles.x,
        axis: { tickCount: 6 },
        scale: { domain: x, nice: false },
      },
      x2: { field: "x2" },
      y: {
        field: "y",
        type: "quantitative",
        title: titles.y,
        axis: { tickCount: 6 },
        scale: { domain: y, nice: false },
      },
      y2: { field: "y2" },
      fill: {
        field: "value",
        type: "quantitative",
        legend: { title: titles.value, orient: "right", labelSeparation: 4, format: ",.3~r" },
        scale,
      },
    },
  };
}

interface PointSet {
  readonly name: string;
  readonly color: string;
  readonly points: Points;
}

function pointLayer(sets: readonly PointSet[]): Layer {
  const values = sets.flatMap(({ name, points }) =>
    atMost(MAX_POINTS, points).map(([x, y]) => ({ x, y, series: name })),
  );
  return {
    data: { values },
    mark: {
      type: "circle",
      size: 22,
      opacity: 0.9,
      stroke: "#000000",
      strokeWidth: 0.6,
      clip: true,
    },
    encoding: {
      x: { field: "x", type: "quantitative" },
      y: { field: "y", type: "quantitative" },
      color: colorBySeries(colorScale(sets)),
    },
  };
}

/** Where the surface is lowest and where it is highest. */
function saySurface(cells: readonly Cell[], bounds: Bounds): string {
  const least = cells.reduce((best, cell) => (cell.value < best.value ? cell : best));
  const most = cells.reduce((best, cell) => (cell.value > best.value ? cell : best));
  const place = ({ x, x2, y, y2 }: Cell): string =>
    `[${sayNumber((x + x2) / 2)}, ${sayNumber((y + y2) / 2)}]`;
  return `Surface over ${sayBounds(bounds)}: from ${sayNumber(least.value)} at ${place(least)} to ${sayNumber(most.value)} at ${place(most)}.`;
}

/**
 * A function over the plane as a map of colours in bands, with samples drawn over it: a critic's surface, for example.
 *
 * @throws Error when a domain does not rise, a value or a coordinate is not finite, or there is not one value for each
 *   point; RangeError when `cells` is not a whole number of at least 1.
 */
export function surface2d(options: Surface2dOptions): TopLevelSpec {
  const {
    evaluate,
    xDomain,
    yDomain,
    cells: count = 48,
    real,
    fake,
    title,
    xTitle = "x",
    yTitle = "y",
    valueTitle = "value",
    description,
  } = options;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`surface2d: cells must be a whole number of at least 1, got ${count}.`);
  for (const [axis, [low, high]] of Object.entries({ x: xDomain, y: yDomain })) {
    if (!(low < high))
      throw new Error(
        `surface2d: the ${axis} domain must rise from low to high, got [${low}, ${high}].`,
      );
  }
  const bounds = { x: xDomain, y: yDomain };
  const cells = cellsOf(bounds, count, evaluate);
  const sets = [
    { name: "real", color: REAL_DOT, points: real },
    { name: "generated", color: FAKE_COLOR, points: fake },
  ].flatMap(({ points, ...set }) => (points === undefined ? [] : [{ ...set, points }]));
  for (const { name, points } of sets) boundsOf(`surface2d: ${name}`, points);
  const over =
    sets.length === 0
      ? ""
      : ` Drawn over it: ${sayList(sets.map(({ name, points }) => `${sayNumber(points.length)} ${name} points`))}.`;
  const layers = [
    surfaceLayer(cells, bounds, { x: xTitle, y: yTitle, value: valueTitle }),
    ...(sets.length === 0 ? [] : [pointLayer(sets)]),
  ];
  return chartOf(layers, {
    title,
    description: description ?? saySurface(cells, bounds) + over,
    width: SQUARE_SIZE,
    height: SQUARE_SIZE,
  });
}
