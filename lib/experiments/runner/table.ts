/** The finished cells as a table in a file. */
import { mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import pl from "nodejs-polars";
import { unfinishedName } from "../../backend/files";
import type { Plan, PlanRow } from "../plan";

type Value = string | number | boolean | null;

/** A column needs one type: values of several are written as text. */
function column(name: string, values: readonly Value[]): pl.Series {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (types.size > 1) return pl.Series(name, values.map(String));
  return types.has("string") || types.has("boolean")
    ? pl.Series(name, [...values])
    : pl.Series(name, [...values], pl.Float64);
}

/** Writes one row a cell as Parquet: its settings, seed, steps, figures, CPU seconds. */
export function writeTable(plan: Plan, rows: readonly PlanRow[], file: string): void {
  const of = (name: string, value: (row: PlanRow) => Value): pl.Series =>
    column(name, rows.map(value));
  const count = (name: "seed" | "steps"): pl.Series =>
    pl.Series(
      name,
      rows.map((row) => row[name]),
      pl.Int64,
    );
  const frame = pl.DataFrame([
    ...Object.keys(plan.settings).map((name) => of(name, ({ settings }) => settings[name] ?? null)),
    count("seed"),
    count("steps"),
    ...Object.keys(plan.figures).map((name) => of(name, ({ figures }) => figures[name] ?? null)),
    of("cpuSeconds", ({ cpuSeconds }) => cpuSeconds),
  ]);
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = unfinishedName(file);
  frame.writeParquet(beside);
  renameSync(beside, file);
}
