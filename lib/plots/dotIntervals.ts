import type { TopLevelSpec } from "vega-lite";
import { colorBySeries, colorScale, type Layer } from "./chart";
import { requireFinite, sayList, sayNumber } from "./numbers";
import { CHART_CONFIG, CHART_WIDTH, VEGA_LITE_SCHEMA } from "./theme";

/** One dot: an estimate and how sure it is. */
export interface DotInterval {
  /** What was estimated for: the row on the y axis. */
  readonly label: string;
  readonly mean: number;
  /** Half the interval's length, at least 0; no interval where left out. */
  readonly error?: number | undefined;
  /** Who says so, for the colour, such as "ours" or a paper. */
  readonly series: string;
}

/** What {@link dotIntervals} takes. */
export interface DotIntervalsOptions {
  /** One panel below the other, by the title of its x axis. */
  readonly panels: Readonly<Record<string, readonly DotInterval[]>>;
  readonly title?: string;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

/** The least height of a row in pixels, and what each series adds to a gap. */
const [ROW_HEIGHT, ROW_GAP, SERIES_HEIGHT] = [26, 8, 12];

/** A row holds all series of its label, side by side. */
function rowHeight(dots: readonly DotInterval[], labels: readonly string[]): number {
  const series = new Set(dots.map((dot) => dot.series)).size;
  return labels.length < dots.length
    ? Math.max(ROW_HEIGHT, ROW_GAP + SERIES_HEIGHT * series)
    : ROW_HEIGHT;
}

function panelOf(title: string, dots: readonly DotInterval[], color: Layer): Layer {
  const labels = [...new Set(dots.map(({ label }) => label))];
  const values = dots.map(({ label, mean, error = 0, series }) => ({
    label,
    mean,
    low: mean - error,
    high: mean + error,
    series,
  }));
  const y = {
    field: "label",
    type: "nominal",
    title: null,
    sort: labels,
    axis: { labelLimit: 0, grid: true },
  };
  // where each label has one dot, it stands on the line of its row
  const offset =
    labels.length < dots.length ? { yOffset: { field: "series", type: "nominal" } } : {};
  const x = (field: string): Layer => ({
    field,
    type: "quantitative",
    title,
    scale: { zero: false },
    axis: { tickCount: 6 },
  });
  return {
    width: CHART_WIDTH,
    height: { step: rowHeight(dots, labels), for: "position" },
    data: { values },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { y, ...offset, x: x("low"), x2: { field: "high" }, color },
      },
      {
        mark: { type: "circle", size: 70, opacity: 1 },
        encoding: { y, ...offset, x: x("mean"), color },
      },
    ],
  };
}

/** More dots than these are said by the ends of each series. */
const MOST_SAID = 12;

function sayDot({ label, mean, error }: DotInterval): string {
  return `${label} ${sayNumber(mean)}${error === undefined ? "" : ` ± ${sayNumber(error)}`}`;
}

/** "real from noise 50 ± 2 to JPEG 100 ± 0" */
function saySeries(name: string, dots: readonly DotInterval[]): string {
  const rising = [...dots].sort((a, b) => a.mean - b.mean);
  return `${name} from ${sayDot(rising[0]!)} to ${sayDot(rising[rising.length - 1]!)}`;
}

function sayPanel(title: string, dots: readonly DotInterval[], several: boolean): string {
  const names = [...new Set(dots.map(({ series }) => series))];
  const said =
    dots.length > MOST_SAID
      ? names.map((name) =>
          saySeries(
            name,
            dots.filter(({ series }) => series === name),
          ),
        )
      : dots.map((dot) => `${sayDot(dot)}${several ? ` (${dot.series})` : ""}`);
  return `${title}: ${sayList(said)}`;
}

/**
 * Estimates as dots with intervals, a row for each label and a panel for each quantity; a Vega-Lite chart.
 *
 * @throws Error when there is no panel, or a panel is empty or has a mean or an error that is not finite.
 */
export function dotIntervals({ panels, title, description }: DotIntervalsOptions): TopLevelSpec {
  const entries = Object.entries(panels);
  if (entries.length === 0) throw new Error("dotIntervals needs at least one panel, and got none.");
  for (const [name, dots] of entries) {
    requireFinite(
      `dotIntervals: the means of ${name}`,
      dots.map(({ mean }) => mean),
    );
    requireFinite(
      `dotIntervals: the errors of ${name}`,
      dots.map(({ error = 0 }) => error),
    );
  }
  const series = [...new Set(entries.flatMap(([, dots]) => dots.map((dot) => dot.series)))].map(
    (name) => ({ name }),
  );
  const color = colorBySeries(colorScale(series));
  const said = `Dots with intervals. ${entries.map(([name, dots]) => sayPanel(name, dots, series.length > 1)).join(". ")}.`;
  const spec = {
    $schema: VEGA_LITE_SCHEMA,
    description: description ?? said,
    ...(title === undefined ? {} : { title }),
    vconcat: entries.map(([name, dots]) => panelOf(name, dots, color)),
    config: CHART_CONFIG,
  };
  return spec as unknown as TopLevelSpec;
}
