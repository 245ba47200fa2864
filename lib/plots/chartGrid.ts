import type { TopLevelSpec } from "vega-lite";
import { CHART_CONFIG, VEGA_LITE_SCHEMA } from "./theme";

/** What {@link chartGrid} takes besides the charts. */
export interface ChartGridOptions {
  /** How many charts stand side by side. */
  readonly columns: number;
  /** Width and height of each chart's plotting area in pixels; the charts' own where left out. */
  readonly size?: number;
  readonly title?: string;
  /** The alternative text; that of the charts, one after the other, where left out. */
  readonly description?: string;
}

/** What a chart has only when it stands alone. */
const TOP_LEVEL = ["$schema", "config", "description"];

/** So many pixels along the x axis, and up the y axis, belong to one mark, so that the marks' numbers do not collide. */
const [X_SPACE, Y_SPACE] = [45, 30];

interface Axed {
  readonly encoding?: Readonly<Record<string, unknown>>;
}

/** A layer with no more marks on its axes than a small chart has room for. */
function fewerMarks(layer: Axed, size: number): Axed {
  const { encoding = {} } = layer;
  const fewer = (channel: string, space: number): Record<string, unknown> => {
    const position = encoding[channel] as { readonly axis?: { tickCount?: unknown } } | undefined;
    const { axis } = position ?? {};
    if (typeof axis?.tickCount !== "number") return {};
    const tickCount = Math.min(axis.tickCount, Math.max(3, Math.floor(size / space)));
    return { [channel]: { ...position, axis: { ...axis, tickCount } } };
  };
  return { ...layer, encoding: { ...encoding, ...fewer("x", X_SPACE), ...fewer("y", Y_SPACE) } };
}

function partOf(chart: TopLevelSpec, size: number | undefined): Record<string, unknown> {
  const kept = Object.fromEntries(
    Object.entries(chart).filter(([name]) => !TOP_LEVEL.includes(name)),
  );
  if (size === undefined) return kept;
  const { layer } = kept as { readonly layer?: readonly Axed[] };
  const layers = layer === undefined ? {} : { layer: layer.map((one) => fewerMarks(one, size)) };
  return { ...kept, ...layers, width: size, height: size };
}

function say({ title, description = "" }: TopLevelSpec): string {
  return typeof title === "string" ? `${title}: ${description}` : description;
}

/** What is read of a chart's layers. */
interface Colored {
  readonly encoding?: { readonly color?: { readonly scale?: { readonly domain?: unknown } } };
}

/** Names and colours that a chart's layers tell apart, as one text; undefined where there are none, or the data choose them. */
function colorsOf(chart: TopLevelSpec): string | undefined {
  const { layer = [] } = chart as unknown as { readonly layer?: readonly Colored[] };
  const scales = layer.flatMap(({ encoding }) => encoding?.color?.scale ?? []);
  if (scales.length === 0 || scales.some(({ domain }) => domain === undefined)) return undefined;
  return [...new Set(scales.map((scale) => JSON.stringify(scale)))].join();
}

/** One legend says all where the colours mean the same in every chart. */
function legendOf(charts: readonly TopLevelSpec[]): "shared" | "independent" {
  const first = charts[0] === undefined ? undefined : colorsOf(charts[0]);
  const same = first !== undefined && charts.every((chart) => colorsOf(chart) === first);
  return same ? "shared" : "independent";
}

/**
 * Charts of this package in rows and columns, each with scales of its own; where the colours mean the same in all of them, they
 * share one legend. To put a few large charts side by side where the page has room, take `columns`.
 *
 * @throws Error when there are no charts; RangeError when `columns` is not a whole number of at least 1.
 */
export function chartGrid(
  charts: readonly TopLevelSpec[],
  options: ChartGridOptions,
): TopLevelSpec {
  const { columns, size, title, description = charts.map(say).join(" ") } = options;
  if (charts.length === 0) throw new Error("chartGrid needs at least one chart, and got none.");
  if (!Number.isInteger(columns) || columns < 1)
    throw new RangeError(
      `chartGrid: columns must be a whole number of at least 1, got ${columns}.`,
    );
  return {
    $schema: VEGA_LITE_SCHEMA,
    description,
    ...(title === undefined ? {} : { title }),
    columns,
    concat: charts.map((chart) => partOf(chart, size)),
    resolve: { scale: { color: legendOf(charts), fill: "independent" } },
    config: CHART_CONFIG,
  } as unknown as TopLevelSpec;
}
