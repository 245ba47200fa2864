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
import { SMOOTH_FROM, windowOf } from "./smooth";

/** What {@link lineChart} takes. */
export interface LineChartOptions extends LinesLayout {
  /** Positions on the x axis, finite. */
  readonly x: Numbers;
  /** Values by the series' names, one for each x; values that are not finite leave a gap. */
  readonly series: Readonly<Record<string, Numbers>>;
  /** Half the length of the interval around each value, by the series' names: upright bars; none where it is not finite. */
  readonly errors?: Readonly<Record<string, Numbers>>;
  /** Colours by the series' names; the palette's where left out. */
  readonly colors?: Readonly<Record<string, string>>;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

/** " Values that are not finite are left as gaps: 3 of generator loss (it ends in one).", or nothing. */
function sayGaps(lines: readonly Line[]): string {
  const gaps = lines.map(({ name, y }) => ({
    name,
    count: Array.from(y).filter((value) => !Number.isFinite(value)).length,
    end: Number.isFinite(y[y.length - 1]) ? "" : " (it ends in one)",
  }));
  const said = gaps
    .filter(({ count }) => count > 0)
    .map(({ name, count, end }) => `${count} of ${name}${end}`);
  return said.length === 0 ? "" : ` Values that are not finite are left as gaps: ${sayList(said)}.`;
}

/** " Drawn are moving averages over 20 values, and pale the raw values.", or nothing. */
function saySmooth({ smooth = false }: LinesLayout, { length }: Numbers): string {
  if (!smooth || length < SMOOTH_FROM) return "";
  return ` Drawn are moving averages over ${windowOf(length)} values, and pale the raw values.`;
}

/** The value at the greatest x that has one; a dash where no value is finite. */
function lastOf({ x, y }: Line): string {
  const there = Array.from(x, (at, index) => ({ at, value: y[index]! })).filter(({ value }) =>
    Number.isFinite(value),
  );
  if (there.length === 0) return "–";
  return sayNumber(there.reduce((last, point) => (point.at >= last.at ? point : last)).value);
}

/** What a reader who does not see the chart needs: what is drawn, over which range, and where it ends. */
function describe(lines: readonly Line[], layout: LinesLayout, x: Numbers): string {
  const { xTitle, reference } = layout;
  const [from, to] = rangeOf(x) ?? [NaN, NaN];
  const names = sayList(lines.map(({ name }) => name));
  const last = sayList(lines.map(lastOf));
  const dashed =
    reference === undefined
      ? ""
      : ` A dashed line at ${sayNumber(reference.y)} is labelled "${reference.label}".`;
  const ends = lines.length === 1 ? `the last value is ${last}` : `the last values are ${last}`;
  return `Line chart of ${names} over ${xTitle} from ${sayNumber(from)} to ${sayNumber(to)}; ${ends}.${dashed}${saySmooth(layout, x)}${sayGaps(lines)}`;
}

/**
 * Lines over a common x axis as a Vega-Lite chart. Long series are thinned for drawing; extremes stay.
 *
 * @throws Error when there is no series, when x is empty or not finite, or when a series or its errors have another length than x.
 */
export function lineChart(options: LineChartOptions): TopLevelSpec {
  const { x, series, errors = {}, colors = {}, description } = options;
  requireFinite("lineChart: the x values", x);
  const lines = Object.entries(series).map(([name, y]): Line => {
    requireSameLength(`lineChart: ${name}`, x.length, y.length);
    const error = errors[name];
    if (error !== undefined)
      requireSameLength(`lineChart: errors of ${name}`, x.length, error.length);
    return { name, x, y, error, color: colors[name] };
  });
  return linesSpec(lines, options, description ?? describe(lines, options, x));
}
