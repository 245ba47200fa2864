import type { TopLevelSpec } from "vega-lite";
import { linesSpec, type Line, type LinesLayout } from "./lines";
import {
  rangeOf,
  requireFinite,
  requireSameLength,
  sayList,
  sayNumber,
  type Numbers,
} from "./numbers";

/** A density as a curve: its value at each x. */
export interface Curve {
  readonly x: Numbers;
  /** Densities, finite and at least 0, one for each x. */
  readonly y: Numbers;
}

/** What {@link density1d} takes. */
export interface Density1dOptions {
  /** Curves by their names. */
  readonly curves: Readonly<Record<string, Curve>>;
  readonly title?: string;
  /** Default "x". */
  readonly xTitle?: string;
  /** Default "density". */
  readonly yTitle?: string;
  /** Colours by the curves' names; the palette's where left out. */
  readonly colors?: Readonly<Record<string, string>>;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

/** Where a curve is highest. */
function peakOf({ name, x, y }: Line): string {
  let best = 0;
  for (let i = 1; i < y.length; i++) if (y[i]! > y[best]!) best = i;
  return `${name} peaks at ${sayNumber(x[best]!)} with ${sayNumber(y[best]!)}`;
}

/**
 * Checks curves and turns them into lines.
 *
 * @param what Who asks, for the error.
 * @throws Error when a curve is empty, has values that are not finite, or has not one y for each x.
 */
export function curveLines(
  what: string,
  curves: Readonly<Record<string, Curve>>,
  colors: Readonly<Record<string, string>> = {},
): Line[] {
  return Object.entries(curves).map(([name, { x, y }]): Line => {
    requireFinite(`${what}: the x values of ${name}`, x);
    requireFinite(`${what}: the densities of ${name}`, y);
    requireSameLength(`${what}: ${name}`, x.length, y.length);
    return { name, x, y, color: colors[name] };
  });
}

/**
 * Densities over the real line as curves; each may have its own x values.
 *
 * @throws Error when there is no curve, or one is empty, not finite, or has not one y for each x.
 */
export function density1d(options: Density1dOptions): TopLevelSpec {
  const { curves, title, xTitle = "x", yTitle = "density", colors, description } = options;
  const lines = curveLines("density1d", curves, colors);
  const layout: LinesLayout = { title, xTitle, yTitle };
  const [from, to] = rangeOf(lines.flatMap(({ x }) => rangeOf(x) ?? [])) ?? [NaN, NaN];
  const peaks = sayList(lines.map(peakOf));
  const said = `Curves of ${yTitle} over ${xTitle} from ${sayNumber(from)} to ${sayNumber(to)}: ${peaks}.`;
  return linesSpec(lines, layout, description ?? said);
}
