import { inspect } from "node:util";
import { escapeHtml, htmlTable, type Alignment } from "./html";
import { sayNumber } from "./words";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
const MAX_CELL_LENGTH = 100;

/** What is used of a column of nodejs-polars. */
interface SeriesLike {
  readonly name: string;
  readonly dtype: unknown;
  readonly length: number;
  head(length: number): SeriesLike;
  toArray(): unknown[];
}

/**
 * What is used of a DataFrame of nodejs-polars. Of a frame with a column "shape", `frame.shape` is that column; so as few
 * names as possible are used.
 */
interface DataFrameLike {
  getColumns(): SeriesLike[];
  toString(): string;
}

/** Whether a value is a polars DataFrame. */
export function isDataFrame(value: object): value is DataFrameLike {
  const tagged = value as { readonly [Symbol.toStringTag]?: unknown };
  return (
    tagged[Symbol.toStringTag] === "DataFrame" &&
    typeof (value as { readonly getColumns?: unknown }).getColumns === "function"
  );
}

/** A cell as a reader wants it: numbers rounded, what is missing as a dash. */
function cellText(cell: unknown): string {
  if (cell === null) return "–";
  if (typeof cell === "number") return sayNumber(cell);
  const written = cell instanceof Date ? cell.toISOString() : cell;
  const text = typeof written === "string" ? written : inspect(written);
  return text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH - 1)}…` : text;
}

/** Numbers stand at the right of their column, where their digits can be compared; everything else at the left. */
function alignmentOf(dtype: unknown): Alignment {
  return /^(DataType\()?(U?Int|Float|Decimal)\d*\b/.test(String(dtype)) ? "right" : "left";
}

function counted(count: number, noun: string, limit: number): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}${count > limit ? ` (the first ${limit} shown)` : ""}`;
}

/**
 * A DataFrame as an HTML table (column names, the first rows with rounded numbers, and its shape; all text escaped), and
 * as polars' own text with the types.
 */
export function describeDataFrame(frame: DataFrameLike): Record<string, string> {
  const columns = frame.getColumns();
  const height = columns[0]?.length ?? 0;
  const shown = columns.slice(0, MAX_COLUMNS);
  const cells = shown.map((column) => column.head(MAX_ROWS).toArray().map(cellText));
  const rows = Array.from({ length: Math.min(height, MAX_ROWS) }, (_, row) =>
    cells.map((column) => column[row]!),
  );
  const headers = shown.map(({ name }) => name);
  const alignments = shown.map(({ dtype }) => alignmentOf(dtype));
  const shape = `${counted(height, "row", MAX_ROWS)}, ${counted(columns.length, "column", MAX_COLUMNS)}`;
  return {
    "text/html": `${htmlTable(headers, rows, alignments)}<p>${escapeHtml(shape)}</p>`,
    "text/plain": frame.toString(),
  };
}
