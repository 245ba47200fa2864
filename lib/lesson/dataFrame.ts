import { inspect } from "node:util";
import { escapeHtml, htmlTable, type Alignment } from "./html";
import { sayNumber } from "./words";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
const MAX_CELL_LENGTH = 100;

/** What is used of a DataFrame of nodejs-polars. */
interface DataFrameLike {
  readonly columns: string[];
  readonly dtypes: unknown[];
  readonly shape: { readonly height: number; readonly width: number };
  head(length: number): DataFrameLike;
  rows(): unknown[][];
  toString(): string;
}

/** Whether a value is a polars DataFrame. */
export function isDataFrame(value: object): value is DataFrameLike {
  const tagged = value as { readonly [Symbol.toStringTag]?: unknown };
  return (
    tagged[Symbol.toStringTag] === "DataFrame" &&
    Array.isArray((value as { readonly columns?: unknown }).columns)
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

function shapeLine({ height, width }: DataFrameLike["shape"]): string {
  return `${counted(height, "row", MAX_ROWS)}, ${counted(width, "column", MAX_COLUMNS)}`;
}

/**
 * A DataFrame as an HTML table (column names, the first rows with rounded numbers, and its shape; all text escaped), and
 * as polars' own text with the types.
 */
export function describeDataFrame(frame: DataFrameLike): Record<string, string> {
  const headers = frame.columns.slice(0, MAX_COLUMNS);
  const alignments = frame.dtypes.slice(0, MAX_COLUMNS).map(alignmentOf);
  const rows = frame
    .head(MAX_ROWS)
    .rows()
    .map((row) => row.slice(0, MAX_COLUMNS).map(cellText));
  return {
    "text/html": `${htmlTable(headers, rows, alignments)}<p>${escapeHtml(shapeLine(frame.shape))}</p>`,
    "text/plain": frame.toString(),
  };
}
