import type { TopLevelSpec } from "vega-lite";
import { chartOf, colorBySeries, colorScale, type ColorScale, type Layer } from "./chart";
import { logMarks } from "./logMarks";
import { rangeOf, requireFinite, type Numbers } from "./numbers";
import { smoothed, SMOOTH_FROM, windowOf } from "./smooth";
import { thin } from "./thin";

/** One line of a chart: its points in the order in which they are joined. */
export interface Line {
  readonly name: string;
  readonly x: Numbers;
  /** Values that are not finite leave a gap. */
  readonly y: Numbers;
  /** Half the length of the interval around each value, drawn as an upright bar where it is finite. */
  readonly error?: Numbers | undefined;
  /** Default: the next colour of the palette. */
  readonly color?: string | undefined;
}

/** What a chart of lines has besides its lines. */
export interface LinesLayout {
  readonly title?: string | undefined;
  readonly xTitle: string;
  readonly yTitle: string;
  /** The lowest and the highest value of the y axis; chosen from the data where left out. */
  readonly yDomain?: readonly [number, number] | undefined;
  /** Marks the x axis at whole numbers only, as steps are. Default false. */
  readonly wholeX?: boolean | undefined;
  /** A logarithmic axis is for values above 0. Default "linear". */
  readonly xScale?: "linear" | "log" | undefined;
  readonly yScale?: "linear" | "log" | undefined;
  /**
   * Draws series of 100 points and more as moving averages over their pale raw values; for what training measures, and never
   * for a function whose shape counts. Default false.
   */
  readonly smooth?: boolean | undefined;
  /** A dashed horizontal line, such as the value that theory promises. */
  readonly reference?: { readonly y: number; readonly label: string } | undefined;
}

/** About how many marks the x axis bears. */
const TICKS = 6;

/** So few points are drawn as dots too: a line through one point is invisible. */
const FEW_POINTS = 20;

/** One point as Vega-Lite reads it; null is a gap. */
interface Row {
  readonly x: number;
  readonly y: number | null;
  readonly series: string;
}

/** Seven digits are as many as float32 has, and keep the chart small in the notebook's file. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}

function rowsOf({ name, x, y }: Line): Row[] {
  return thin(y).map((index) => {
    const value = y[index]!;
    return {
      x: rounded(x[index]!),
      y: Number.isFinite(value) ? rounded(value) : null,
      series: name,
    };
  });
}

/** An upright bar for each point that is drawn and has an interval. */
function barsOf({
  name,
  x,
  y,
  error,
}: Line): { x: number; low: number; high: number; series: string }[] {
  if (error === undefined) return [];
  const drawn = thin(y).filter((index) => Number.isFinite(y[index]! + error[index]!));
  return drawn.map((index) => ({
    x: rounded(x[index]!),
    low: rounded(y[index]! - error[index]!),
    high: rounded(y[index]! + error[index]!),
    series: name,
  }));
}

/** From the leftmost to the rightmost point of all lines. */
function spanOf(lines: readonly Line[]): number {
  const [from, to] = rangeOf(lines.flatMap(({ x }) => rangeOf(x) ?? [])) ?? [0, 0];
  return to - from;
}

/** A dashed line across the chart, and its label at the right of the plotting area, where no data can cover it. */
function referenceLayers({ y, label }: { readonly y: number; readonly label: string }): Layer[] {
  const data = { values: [{ y, label }] };
  const position = { field: "y", type: "quantitative" };
  return [
    {
      data,
      mark: { type: "rule", strokeDash: [6, 4], color: "#555555" },
      encoding: { y: position },
    },
    {
      data,
      mark: {
        type: "text",
        align: "left",
        baseline: "middle",
        dx: 6,
        fontSize: 12,
        color: "#555555",
      },
      encoding: { x: { value: "width" }, y: position, text: { field: "label", type: "nominal" } },
    },
  ];
}

/** The marks of the x axis. */
function marksOfX(lines: readonly Line[], { xScale, wholeX = false }: LinesLayout): Layer {
  if (xScale === "log")
    return {
      values: logMarks(
        lines.flatMap(({ x }) => rangeOf(x) ?? []),
        "as they are",
      ),
    };
  return { tickCount: wholeX ? Math.min(TICKS, spanOf(lines)) : TICKS };
}

/** The marks of a logarithmic y axis; Vega-Lite ends it at powers of ten where no domain is asked for. */
function marksOfY(lines: readonly Line[], { yScale, yDomain, reference }: LinesLayout): Layer {
  if (yScale !== "log") return {};
  if (yDomain !== undefined) return { axis: { values: logMarks(yDomain, "as they are") } };
  const drawn = lines.flatMap(({ y, error = [] }) =>
    Array.from(y, (value, index) => [
      value - (error[index] ?? 0),
      value + (error[index] ?? 0),
      value,
    ]),
  );
  const values = [...drawn.flat(), ...(reference === undefined ? [] : [reference.y])];
  return { axis: { values: logMarks(values, "powers of ten") } };
}

/** The axes that all layers of a chart share; `y` names the field of the values. */
function axesOf(lines: readonly Line[], layout: LinesLayout, y: string): Layer {
  const { xTitle, yTitle, yDomain, xScale = "linear", yScale = "linear" } = layout;
  const scale = {
    type: yScale,
    ...(yScale === "log" ? {} : { zero: false }),
    ...(yDomain === undefined ? {} : { domain: yDomain }),
  };
  return {
    x: {
      field: "x",
      type: "quantitative",
      title: xTitle,
      axis: marksOfX(lines, layout),
      scale: { type: xScale, nice: false, ...(xScale === "log" ? {} : { zero: false }) },
    },
    y: {
      field: y,
      type: "quantitative",
      title: yTitle,
      scale,
      ...marksOfY(lines, layout),
    },
  };
}

/** The intervals of lines, where there are any. */
function barLayers(lines: readonly Line[], colors: ColorScale, layout: LinesLayout): Layer[] {
  const values = lines.flatMap(barsOf);
  if (values.length === 0) return [];
  const mark = { type: "rule", strokeWidth: 2, opacity: 0.5, clip: layout.yDomain !== undefined };
  return [
    {
      data: { values },
      mark,
      encoding: {
        ...axesOf(lines, layout, "low"),
        y2: { field: "high" },
        color: colorBySeries(colors),
      },
    },
  ];
}

/** The points between two gaps, as dots: a line through one point is invisible. */
function loneLayers(lines: readonly Line[], colors: ColorScale, layout: LinesLayout): Layer[] {
  const isThere = (y: Numbers, index: number): boolean => Number.isFinite(y[index] ?? NaN);
  const isLone = (y: Numbers, index: number): boolean =>
    isThere(y, index) && !isThere(y, index - 1) && !isThere(y, index + 1);
  const values = lines
    .filter(({ x }) => x.length > FEW_POINTS) // else each point is a dot
    .flatMap(({ name, x, y }) =>
      Array.from(x, (at, index) => ({ x: rounded(at), y: y[index]!, series: name })).filter(
        (_, index) => isLone(y, index),
      ),
    );
  if (values.length === 0) return [];
  const mark = { type: "point", filled: true, size: 60, opacity: 1 };
  const encoding = { ...axesOf(lines, layout, "y"), color: colorBySeries(colors) };
  return [{ data: { values }, mark, encoding }];
}

/** Lines as a layer of a chart; `looks` are those of the mark that differ from the usual ones. */
export function lineLayer(
  lines: readonly Line[],
  colors: ColorScale,
  layout: LinesLayout,
  looks: Layer = {},
): Layer {
  return {
    data: { values: lines.flatMap(rowsOf) },
    mark: {
      type: "line",
      strokeWidth: 2,
      ...looks,
      point: lines.every(({ x }) => x.length <= FEW_POINTS),
      clip: layout.yDomain !== undefined,
      invalid: "break-paths-filter-domains",
    },
    encoding: { ...axesOf(lines, layout, "y"), color: colorBySeries(colors) },
  };
}

/** Raw values, pale, which their moving average is drawn over. */
const RAW_LOOKS = { strokeWidth: 1, strokeOpacity: 0.25 };

/** The lines as they are, or as averages over their raw values where that is asked for and they are long. */
function layersOfLines(
  lines: readonly Line[],
  colors: ColorScale,
  layout: LinesLayout,
): readonly Layer[] {
  const long = lines.filter(({ x }) => layout.smooth === true && x.length >= SMOOTH_FROM);
  if (long.length === 0) return [lineLayer(lines, colors, layout)];
  const drawn = lines.map((line): Line => {
    if (!long.includes(line)) return line;
    const { indices, means } = smoothed(line.y, windowOf(line.y.length));
    return { ...line, x: indices.map((index) => line.x[index]!), y: means, error: undefined };
  });
  return [lineLayer(long, colors, layout, RAW_LOOKS), lineLayer(drawn, colors, layout)];
}

/**
 * A chart of lines.
 *
 * @param description The alternative text.
 * @throws Error when there is no line, or when x is empty or not finite.
 */
export function linesSpec(
  lines: readonly Line[],
  layout: LinesLayout,
  description: string,
): TopLevelSpec {
  if (lines.length === 0)
    throw new Error("A chart of lines needs at least one series, and got none.");
  for (const { name, x } of lines) requireFinite(`The x values of ${name}`, x);
  const { title, reference } = layout;
  const colors = colorScale(lines);
  const layers = [
    ...layersOfLines(lines, colors, layout),
    ...loneLayers(lines, colors, layout),
    ...barLayers(lines, colors, layout),
    ...(reference === undefined ? [] : referenceLayers(reference)),
  ];
  return chartOf(layers, { description, title });
}
