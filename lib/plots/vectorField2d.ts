import type { TopLevelSpec } from "vega-lite";
import { chartOf, colorBySeries, colorScale, type ColorScale, type Layer } from "./chart";
import { sayList, sayNumber } from "./numbers";
import { boundsOf, type Points } from "./points";
import { SQUARE_SIZE } from "./theme";
import { thin } from "./thin";

/** A vector field in the plane: where the arrow at (x, y) points. */
export type VectorField = (x: number, y: number) => readonly [number, number];

/** What {@link vectorField2d} takes. */
export interface VectorField2dOptions {
  readonly field: VectorField;
  /** The lowest and the highest value of each axis. */
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** How many arrows stand side by side on each axis, 2 to 50. Default 15. */
  readonly arrows?: number;
  /** Points by the paths' names, joined in their order; what lies outside of the axes is cut off. Default none. */
  readonly paths?: Readonly<Record<string, Points>>;
  readonly title?: string;
  /** Default "x". */
  readonly xTitle?: string;
  /** Default "y". */
  readonly yTitle?: string;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

const MAX_ARROWS = 50;
const ARROW_COLOR = "#8A8A8A";

/** The longest arrow spans so much of the way to its neighbour. */
const LONGEST = 0.85;

/** An arrow as Vega-Lite draws it: a shaft of some pixels, turned clockwise from the north. */
interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly angle: number;
}

function requireDomain(name: string, [low, high]: readonly [number, number]): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  throw new RangeError(`vectorField2d: ${name} must rise from low to high, got [${low}, ${high}].`);
}

/** Positions at the middles of equal parts of a domain. */
function middles([low, high]: readonly [number, number], parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => low + ((high - low) * (index + 0.5)) / parts);
}

/** Arrows as they look in the picture. Their lengths grow as the root of the field, so that weak places are seen too. */
function arrowsOf({ field, xDomain, yDomain }: VectorField2dOptions, count: number): Arrow[] {
  const pixels = ([low, high]: readonly [number, number]): number => SQUARE_SIZE / (high - low);
  const [perX, perY] = [pixels(xDomain), pixels(yDomain)];
  const places = middles(xDomain, count).flatMap((x) =>
    middles(yDomain, count).map((y) => [x, y] as const),
  );
  const seen = places.map(([x, y]) => {
    const [u, v] = field(x, y);
    if (!Number.isFinite(u) || !Number.isFinite(v))
      throw new Error(
        `vectorField2d: the field at (${sayNumber(x)}, ${sayNumber(y)}) must be finite, got [${u}, ${v}].`,
      );
    return {
      x,
      y,
      length: Math.hypot(u * perX, v * perY),
      angle: (Math.atan2(u * perX, v * perY) * 180) / Math.PI,
    };
  });
  const strongest = Math.max(...seen.map(({ length }) => length));
  const largest = ((LONGEST * SQUARE_SIZE) / count) ** 2; // Vega's size is the square of an arrow's length
  return seen
    .filter(({ length }) => length > 0)
    .map(({ x, y, length, angle }) => ({ x, y, size: (largest * length) / strongest, angle }));
}

/** Positions for both axes, within their domains. */
function axesOf({ xDomain, yDomain, xTitle = "x", yTitle = "y" }: VectorField2dOptions): {
  readonly x: Layer;
  readonly y: Layer;
} {
  const axis = (field: string, title: string, domain: readonly [number, number]): Layer => ({
    field,
    type: "quantitative",
    title,
    axis: { tickCount: 6 },
    scale: { domain, nice: false, zero: false },
  });
  return { x: axis("x", xTitle, xDomain), y: axis("y", yTitle, yDomain) };
}

/** The paths, and a dot where each begins. */
function pathLayers(
  paths: readonly { readonly name: string; readonly points: Points }[],
  colors: ColorScale,
  axes: { readonly x: Layer; readonly y: Layer },
): Layer[] {
  const row = (name: string, [x, y]: readonly [number, number], order: number): object => ({
    x,
    y,
    order,
    series: name,
  });
  const drawn = ({ name, points }: (typeof paths)[number]): object[] =>
    [...new Set([...thin(points.map(([x]) => x)), ...thin(points.map(([, y]) => y))])]
      .sort((a, b) => a - b)
      .map((index) => row(name, points[index]!, index));
  const encoding = { ...axes, color: colorBySeries(colors) };
  return [
    {
      data: { values: paths.flatMap(drawn) },
      mark: { type: "line", strokeWidth: 2, clip: true },
      encoding: { ...encoding, order: { field: "order", type: "quantitative" } },
    },
    {
      data: { values: paths.map(({ name, points }) => row(name, points[0]!, 0)) },
      mark: { type: "circle", size: 70, opacity: 1, clip: true },
      encoding,
    },
  ];
}

function describe(
  { xDomain, yDomain, xTitle = "x", yTitle = "y" }: VectorField2dOptions,
  paths: readonly { readonly name: string; readonly points: Points }[],
): string {
  const span = (title: string, [low, high]: readonly [number, number]): string =>
    `${title} from ${sayNumber(low)} to ${sayNumber(high)}`;
  const say = ([x, y]: readonly [number, number]): string => `(${sayNumber(x)}, ${sayNumber(y)})`;
  const ends = paths.map(
    ({ name, points }) => `${name} from ${say(points[0]!)} to ${say(points[points.length - 1]!)}`,
  );
  const over = ends.length === 0 ? "" : ` Paths: ${sayList(ends)}.`;
  return `Arrows of a vector field over ${span(xTitle, xDomain)} and ${span(yTitle, yDomain)}.${over}`;
}

/**
 * A vector field as arrows, with paths through it: the phase plane of two players. Arrows are turned as they look in
 * the picture, and longer where the field is stronger (by its root); where it is 0, none is drawn. Each path begins with a dot.
 *
 * @throws RangeError when a domain does not rise, or `arrows` is not a whole number from 2 to 50; Error when the field or
 *   a path is not finite, or a path has no points.
 */
export function vectorField2d(options: VectorField2dOptions): TopLevelSpec {
  const { arrows = 15, title, description } = options;
  requireDomain("xDomain", options.xDomain);
  requireDomain("yDomain", options.yDomain);
  if (!Number.isInteger(arrows) || arrows < 2 || arrows > MAX_ARROWS)
    throw new RangeError(
      `vectorField2d: arrows must be a whole number from 2 to ${MAX_ARROWS}, got ${arrows}.`,
    );
  const paths = Object.entries(options.paths ?? {}).map(([name, points]) => ({ name, points }));
  for (const { name, points } of paths) boundsOf(`vectorField2d: ${name}`, points);
  const axes = axesOf(options);
  const field = {
    data: { values: arrowsOf(options, arrows) },
    mark: {
      type: "point",
      shape: "arrow",
      filled: true,
      opacity: 1,
      color: ARROW_COLOR,
      strokeWidth: 0,
    },
    encoding: {
      ...axes,
      angle: { field: "angle", type: "quantitative", scale: null },
      size: { field: "size", type: "quantitative", scale: null },
    },
  };
  const layers =
    paths.length === 0 ? [field] : [field, ...pathLayers(paths, colorScale(paths), axes)];
  return chartOf(layers, {
    title,
    description: description ?? describe(options, paths),
    width: SQUARE_SIZE,
    height: SQUARE_SIZE,
  });
}
