import type { TopLevelSpec } from "vega-lite";
import { chartOf } from "./chart";
import { requireFinite, requireSameLength, sayNumber } from "./numbers";

/** What {@link heatmap} takes. */
export interface HeatmapOptions {
  /** The values of each row by its name, one for each column; finite. */
  readonly rows: Readonly<Record<string, readonly number[]>>;
  /** The columns' names. */
  readonly columns: readonly string[];
  /** The values at the two ends of the colours. */
  readonly domain: readonly [number, number];
  /** What is written into a cell; default the value with at most three significant digits. */
  readonly say?: (value: number, row: string, column: string) => string;
  readonly title?: string;
  readonly xTitle?: string;
  readonly yTitle?: string;
  /** What the values are, above the colours. */
  readonly valueTitle?: string;
  /** The alternative text; made from the data where left out. */
  readonly description?: string;
}

/** The most letters of columns' names that stand upright beside one another. */
const SHORT_NAME = 3;

interface Cell {
  readonly row: string;
  readonly column: string;
  readonly value: number;
  readonly said: string;
}

/** The size of a cell in pixels. */
const CELL = { width: 76, height: 34 } as const;

function cellsOf({ rows, columns, say = sayNumber }: HeatmapOptions): Cell[] {
  return Object.entries(rows).flatMap(([row, values]) => {
    requireFinite(`heatmap: the values of ${row}`, values);
    requireSameLength(`heatmap: ${row}`, columns.length, values.length);
    return columns.map((column, i) => ({
      row,
      column,
      value: values[i]!,
      said: say(values[i]!, row, column),
    }));
  });
}

function describe(
  cells: readonly Cell[],
  { rows, columns, title, valueTitle }: HeatmapOptions,
): string {
  const ends = (["min", "max"] as const).map((end) => {
    const value = Math[end](...cells.map((cell) => cell.value));
    const cell = cells.find((one) => one.value === value) as Cell;
    return `${sayNumber(value)} (${cell.row}, ${cell.column})`;
  });
  return `${valueTitle ?? title ?? "Values"} for ${Object.keys(rows).length} rows and ${columns.length} columns, from ${ends.join(" to ")}.`;
}

/**
 * A table of numbers as colours, with the numbers in the cells: a matrix of confusions, or of what was trained on one thing and
 * tested on others.
 *
 * @throws Error when there is no row or column, a row has another length than the columns, or a value is not finite.
 */
export function heatmap(options: HeatmapOptions): TopLevelSpec {
  const { rows, columns, domain, title, xTitle, yTitle, valueTitle, description } = options;
  const names = Object.keys(rows);
  if (names.length === 0 || columns.length === 0)
    throw new Error(
      `heatmap needs at least one row and one column, got ${names.length} and ${columns.length}.`,
    );
  const values = cellsOf(options);
  const isShort = columns.every(({ length }) => length <= SHORT_NAME);
  const x = {
    field: "column",
    type: "nominal",
    sort: columns,
    title: xTitle ?? null,
    axis: { orient: "top", labelAngle: isShort ? 0 : -30, labelLimit: 0 },
  };
  const y = {
    field: "row",
    type: "nominal",
    sort: names,
    title: yTitle ?? null,
    axis: { labelLimit: 0 },
  };
  const color = {
    field: "value",
    type: "quantitative",
    scale: { scheme: "viridis", domain, clamp: true },
    legend: { title: valueTitle ?? null, orient: "right" },
  };
  const middle = (domain[0] + domain[1]) / 2;
  const layers = [
    { data: { values }, mark: { type: "rect" }, encoding: { x, y, color } },
    {
      data: { values },
      mark: { type: "text", fontSize: 12 },
      encoding: {
        x,
        y,
        text: { field: "said" },
        color: { condition: { test: `datum.value > ${middle}`, value: "black" }, value: "white" },
      },
    },
  ];
  const size = { width: CELL.width * columns.length, height: CELL.height * names.length };
  return chartOf(layers, { title, description: description ?? describe(values, options), ...size });
}
