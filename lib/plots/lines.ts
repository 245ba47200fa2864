import type { TopLevelSpec } from "vega-lite";
import { requireFinite, type Numbers } from "./numbers";
import { CHART_CONFIG, CHART_HEIGHT, CHART_WIDTH, PALETTE, SERIES_COLORS, VEGA_LITE_SCHEMA } from "./theme";
import { thin } from "./thin";

/** One line of a chart: its points in the order in which they are joined. */
export interface Line {
  readonly name: string;
  readonly x: Numbers;
  /** Values that are not finite leave a gap. */
  readonly y: Numbers;
  /** Default: the next colour of the palette. */
  readonly color?: string;
}

/** What every chart of lines has besides its lines. */
export interface LinesLayout {
  readonly title?: string | undefined;
  readonly xTitle: string;
  readonly yTitle: string;
  /** The lowest and the highest value of the y axis; chosen from the data where left out. */
  readonly yDomain?: readonly [number, number] | undefined;
  /** A logarithmic y axis, for values above 0. Default "linear". */
  readonly yScale?: "linear" | "log" | undefined;
  /** A dashed horizontal line, such as the value that theory promises. */
  readonly reference?: { readonly y: number; readonly label: string } | undefined;
}

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
    return { x: rounded(x[index]!), y: Number.isFinite(value) ? rounded(value) : null, series: name };
  });
}

function referenceLayers({ y, label }: { readonly y: number; readonly label: string }): object[] {
  const data = { values: [{ y, label }] };
  const position = { field: "y", type: "quantitative" };
  return [
    { data, mark: { type: "rule", strokeDash: [6, 4], color: "#555555" }, encoding: { y: position } },
    {
      data,
      mark: { type: "text", align: "right", baseline: "bottom", dy: -3, fontSize: 12, color: "#555555" },
      encoding: { x: { value: CHART_WIDTH - 4 }, y: position, text: { field: "label", type: "nominal" } },
    },
  ];
}

/** Series with their colours, as a scale that also orders the legend. */
export function colorScale(series: readonly { readonly name: string; readonly color?: string | undefined }[]): { domain: string[]; range: string[] } {
  return {
    domain: series.map(({ name }) => name),
    range: series.map(({ color }, index) => color ?? SERIES_COLORS[index % SERIES_COLORS.length] ?? PALETTE.black),
  };
}

/**
 * A chart of lines; `lineChart`, `density1d` and the training curves are made of it.
 *
 * @param description The alternative text.
 * @param layers Vega-Lite layers to draw below the lines.
 * @throws Error when there is no line, or when x is empty or not finite.
 */
export function linesSpec(lines: readonly Line[], layout: LinesLayout, description: string, layers: readonly object[] = []): TopLevelSpec {
  if (lines.length === 0) throw new Error("A chart of lines needs at least one series, and got none.");
  for (const { name, x } of lines) requireFinite(`The x values of ${name}`, x);
  const { title, xTitle, yTitle, yDomain, yScale = "linear", reference } = layout;
  const scale = { type: yScale, zero: false, ...(yDomain === undefined ? {} : { domain: yDomain }) };
  const drawLines = {
    data: { values: lines.flatMap(rowsOf) },
    mark: { type: "line", strokeWidth: 2, clip: yDomain !== undefined, invalid: "break-paths-filter-domains" },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: { nice: false, zero: false } },
      y: { field: "y", type: "quantitative", title: yTitle, scale },
      color: { field: "series", type: "nominal", scale: colorScale(lines) },
    },
  };
  return {
    $schema: VEGA_LITE_SCHEMA,
    description,
    ...(title === undefined ? {} : { title }),
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    layer: [...layers, drawLines, ...(reference === undefined ? [] : referenceLayers(reference))],
    config: CHART_CONFIG,
  } as TopLevelSpec;
}
