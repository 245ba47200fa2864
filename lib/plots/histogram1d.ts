import type { TopLevelSpec } from "vega-lite";
import { chartOf, colorBySeries, colorScale, type ColorScale, type Layer } from "./chart";
import { curveLines, type Curve } from "./density1d";
import { lineLayer, type Line } from "./lines";
import { rangeOf, requireFinite, sayList, sayNumber, type Numbers } from "./numbers";

/** What {@link histogram1d} takes. */
export interface Histogram1dOptions {
  /** Samples by the names of what they come from; finite. */
  readonly samples: Readonly<Record<string, Numbers>>;
  /** Densities to draw over the bars, by their names. */
  readonly curves?: Readonly<Record<string, Curve>>;
  /** How many bars span the range. Default 40. */
  readonly bins?: number;
  /** The range of the bars; samples outside it are counted in the alternative text. Default: from the least to the greatest sample. */
  readonly domain?: readonly [number, number];
  readonly title?: string;
  /** Default "x". */
  readonly xTitle?: string;
  /** Colours by the names of samples and curves; the palette's where left out. */
  readonly colors?: Readonly<Record<string, string>>;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

interface Bar {
  readonly start: number;
  readonly end: number;
  readonly density: number;
  readonly series: string;
}

/** The bars of one set of samples; their areas sum to the share of samples inside the range. */
function barsOf(
  series: string,
  samples: Numbers,
  [low, high]: readonly [number, number],
  bins: number,
): Bar[] {
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    if (value >= low && value <= high)
      counts[Math.min(bins - 1, Math.floor((value - low) / width))]!++;
  }
  return counts.map((count, bin) => ({
    start: low + bin * width,
    end: low + (bin + 1) * width,
    density: count / (samples.length * width),
    series,
  }));
}

function barLayer(bars: readonly Bar[], colors: ColorScale, xTitle: string): Layer {
  return {
    data: { values: bars },
    mark: { type: "bar", opacity: 0.5, binSpacing: 0 },
    encoding: {
      x: {
        field: "start",
        bin: "binned",
        type: "quantitative",
        title: xTitle,
        axis: { tickCount: 6 },
        scale: { nice: false, zero: false },
      },
      x2: { field: "end" },
      y: { field: "density", type: "quantitative", stack: null, title: "density" },
      color: colorBySeries(colors),
    },
  };
}

function chooseDomain({ samples, domain }: Histogram1dOptions): readonly [number, number] {
  const [low, high] = domain ??
    rangeOf(Object.values(samples).flatMap((values) => rangeOf(values) ?? [])) ?? [NaN, NaN];
  if (domain === undefined && low === high) return [low - 0.5, high + 0.5];
  if (!(low < high))
    throw new Error(`histogram1d: the domain must rise from low to high, got [${low}, ${high}].`);
  return [low, high];
}

/** Number, mean and standard deviation, and what lies outside the range. */
function saySamples(
  name: string,
  samples: Numbers,
  [low, high]: readonly [number, number],
): string {
  const values = Array.from(samples);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const outside = values.filter((value) => value < low || value > high).length;
  const rest = outside === 0 ? "" : `, ${sayNumber(outside)} of them outside the range`;
  return `${name} (${sayNumber(values.length)} values, mean ${sayNumber(mean)}, standard deviation ${sayNumber(Math.sqrt(variance))}${rest})`;
}

function describe(
  options: Histogram1dOptions,
  domain: readonly [number, number],
  curves: readonly Line[],
): string {
  const sets = sayList(
    Object.entries(options.samples).map(([name, samples]) => saySamples(name, samples, domain)),
  );
  const over =
    curves.length === 0 ? "" : ` Drawn over it: ${sayList(curves.map(({ name }) => name))}.`;
  return `Histogram over ${options.xTitle ?? "x"} from ${sayNumber(domain[0])} to ${sayNumber(domain[1])} of ${sets}.${over}`;
}

/**
 * Samples on the real line as bars whose areas are shares, with densities drawn over them where given.
 *
 * @throws Error when there are no samples, one is not finite, the domain does not rise, or a curve does not fit;
 *   RangeError when `bins` is not a whole number of at least 1.
 */
export function histogram1d(options: Histogram1dOptions): TopLevelSpec {
  const {
    samples,
    curves = {},
    bins = 40,
    title,
    xTitle = "x",
    colors = {},
    description,
  } = options;
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`histogram1d: bins must be a whole number of at least 1, got ${bins}.`);
  if (Object.keys(samples).length === 0)
    throw new Error("histogram1d needs at least one set of samples, and got none.");
  for (const [name, values] of Object.entries(samples))
    requireFinite(`histogram1d: the samples of ${name}`, values);
  const domain = chooseDomain(options);
  const lines = curveLines("histogram1d", curves, colors);
  const scale = colorScale([
    ...Object.keys(samples).map((name) => ({ name, color: colors[name] })),
    ...lines,
  ]);
  const bars = Object.entries(samples).flatMap(([name, values]) =>
    barsOf(name, values, domain, bins),
  );
  const overlay =
    lines.length === 0 ? [] : [lineLayer(lines, scale, { xTitle, yTitle: "density" })];
  return chartOf([barLayer(bars, scale, xTitle), ...overlay], {
    title,
    description: description ?? describe(options, domain, lines),
  });
}
