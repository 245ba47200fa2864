import type { TopLevelSpec } from "vega-lite";
import {
  CHART_CONFIG,
  CHART_HEIGHT,
  CHART_WIDTH,
  PALETTE,
  SERIES_COLORS,
  VEGA_LITE_SCHEMA,
} from "./theme";

/** What a chart has besides its layers. */
export interface ChartFrame {
  /** The alternative text. */
  readonly description: string;
  readonly title?: string | undefined;
  /** Default: {@link CHART_WIDTH} x {@link CHART_HEIGHT}. */
  readonly width?: number;
  readonly height?: number;
}

/** One part of a chart: data, mark and encoding as Vega-Lite takes them. */
export type Layer = Readonly<Record<string, unknown>>;

/** Names and their colours, in the order of the legend; a Vega-Lite scale. */
export interface ColorScale {
  readonly domain: readonly string[];
  readonly range: readonly string[];
}

/** Gives each series a colour: its own, or the palette's next. */
export function colorScale(
  series: readonly { readonly name: string; readonly color?: string | undefined }[],
): ColorScale {
  return {
    domain: series.map(({ name }) => name),
    range: series.map(
      ({ color }, index) => color ?? SERIES_COLORS[index % SERIES_COLORS.length] ?? PALETTE.black,
    ),
  };
}

/** About how wide a legend's entry is in pixels: its sign and spaces, and each letter. */
const [SIGN_WIDTH, LETTER_WIDTH] = [34, 7.5];

/** A legend whose entries would make one line longer than the chart has several lines. */
function legendOf({ domain }: ColorScale): Layer {
  const widths = domain.map((name) => SIGN_WIDTH + LETTER_WIDTH * name.length);
  const line = widths.reduce((sum, width) => sum + width, 0);
  if (line <= 1.2 * CHART_WIDTH) return {};
  return { legend: { columns: Math.max(1, Math.floor(CHART_WIDTH / Math.max(...widths))) } };
}

/** The `color` encoding of rows that carry their series' name in the field `series`. */
export function colorBySeries(scale: ColorScale): Layer {
  return { field: "series", type: "nominal", scale, ...legendOf(scale) };
}

/** Puts layers together to a chart in the house style. */
export function chartOf(layers: readonly Layer[], frame: ChartFrame): TopLevelSpec {
  const { description, title, width = CHART_WIDTH, height = CHART_HEIGHT } = frame;
  const named = title === undefined ? {} : { title };
  const spec = {
    $schema: VEGA_LITE_SCHEMA,
    description,
    ...named,
    width,
    height,
    layer: layers,
    config: CHART_CONFIG,
  };
  return spec as unknown as TopLevelSpec;
}
