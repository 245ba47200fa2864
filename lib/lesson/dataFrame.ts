import { inspect } from "node:util";
import { escapeHtml, htmlTable } from "./html";

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

function cellText(cell: unknown): string {
  const text =
    cell instanceof Date
      ? cell.toISOString()
      : typeof cell === "object" && cell !== null
        ? inspect(cell)
        : String(cell);
  return text.length > MAX_CELL_LENGTH ? `${text.slice(0, MAX_CELL_LENGTH - 1)}…` : text;
}

/** "List(DataType(Float64))" without the wrapping: "List(Float64)". */
function dtypeText(dtype: unknown): string {
  const unwrapped = String(dtype).replace(/^DataType\((.*)\)$/, "$1");
  return unwrapped.replace(/DataType\(([^()]*)\)/g, "$1");
}

function counted(count: number, noun: string, limit: number): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}${count > limit ? ` (the first ${limit} shown)` : ""}`;
}

function shapeLine({ height, width }: DataFrameLike["shape"]): string {
  return `${counted(height, "row", MAX_ROWS)}, ${counted(width, "column", MAX_COLUMNS)}`;
}

/** A DataFrame as an HTML table (column names, types, the first rows and its shape; all text escaped) and as polars' own text. */
export function describeDataFrame(frame: DataFrameLike): Record<string, string> {
  const headers = frame.columns
    .slice(0, MAX_COLUMNS)
    .map((name, index) => `${name} (${dtypeText(frame.dtypes[index])})`);
  const rows = frame
    .head(MAX_ROWS)
    .rows()
    .map((row) => row.slice(0, MAX_COLUMNS).map(cellText));
  return {
    "text/html": `${htmlTable(headers, rows)}<p>${escapeHtml(shapeLine(frame.shape))}</p>`,
    "text/plain": frame.toString(),
  };
}
