/** Collects the cells that are finished: as a Parquet table, as a chart, and as a table in words. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { dotIntervals } from "gan-lib";
import { planData, saySettings } from "gan-lib/dist/experiments/cells.js";
import { sortRows } from "gan-lib/dist/experiments/summary.js";
import { publishedFor } from "gan-lib/dist/experiments/table.js";
import pl from "nodejs-polars";
import { alignTable } from "../run/table.mjs";

/** @typedef {import("gan-lib").PlanRow} PlanRow */

/** @returns {PlanRow & { device: string }} What a cell left. */
export function readResult(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** @returns {(PlanRow & { device: string })[]} All finished cells of the plan as it is now, in its order. */
export function finishedRows(plan, cellsFolder) {
  const files = existsSync(cellsFolder)
    ? readdirSync(cellsFolder).filter((name) => name.endsWith(".json"))
    : [];
  const results = files.map((name) => readResult(path.join(cellsFolder, name)));
  const data = planData(plan);
  return sortRows(
    results.filter(
      (result) => result.version === plan.version && isDeepStrictEqual(result.data, data),
    ),
    plan.settings,
  );
}

/** A column needs one type: values of several are written as text. */
function column(values) {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (types.size > 1) return values.map(String);
  return types.has("string") || types.has("boolean") ? values : pl.Series("", values, pl.Float64);
}

/** Writes one row a cell: its settings, seed, steps, figures, CPU seconds. */
export function writeTable(plan, rows, file) {
  const settings = Object.keys(plan.settings).map((name) => [
    name,
    column(rows.map((row) => row.settings[name])),
  ]);
  const whole = ["seed", "steps"].map((name) => [
    name,
    pl.Series(
      name,
      rows.map((row) => row[name]),
      pl.Int64,
    ),
  ]);
  const figures = Object.keys(plan.figures).map((name) => [
    name,
    column(rows.map((row) => row.figures[name])),
  ]);
  const frame = pl.DataFrame(
    Object.fromEntries([
      ...settings,
      ...whole,
      ...figures,
      ["cpuSeconds", column(rows.map((row) => row.cpuSeconds))],
    ]),
  );
  mkdirSync(path.dirname(file), { recursive: true });
  frame.writeParquet(file);
}

/** The dots of one figure for one row of settings: ours, and each paper's. */
function dotsOf(name, { settings, figures }, published) {
  const ours = {
    mean: figures[name].mean,
    error: figures[name].standardError ?? undefined,
    series: "ours",
  };
  const theirs = publishedFor(settings, published).map((row) => ({
    mean: row.figures[name]?.mean,
    error: row.figures[name]?.standardError,
    series: row.source,
  }));
  return [ours, ...theirs]
    .filter(({ mean }) => Number.isFinite(mean))
    .map((dot) => ({ label: saySettings(settings), ...dot }));
}

/** @returns {import("vega-lite").TopLevelSpec | undefined} A panel for each figure that has a finite value; nothing where none has. */
function defaultChart({ name: title, figures, published }, summaries) {
  const panels = Object.entries(figures).map(([name, { unit }]) => [
    unit === undefined ? name : `${name} (${unit})`,
    summaries.flatMap((summary) => dotsOf(name, summary, published)),
  ]);
  const filled = panels.filter(([, dots]) => dots.length > 0);
  return filled.length === 0
    ? undefined
    : dotIntervals({ panels: Object.fromEntries(filled), title });
}

/** @returns {import("vega-lite").TopLevelSpec | undefined} The chart of the plan's own, or the default one. */
export function chartOf(plan, rows, summaries) {
  return plan.draw?.(rows) ?? defaultChart(plan, summaries);
}

/** @returns {string} Records as lines of aligned columns. */
export function formatTable(records) {
  const head = Object.keys(records[0]);
  return alignTable([head, ...records.map((record) => head.map((name) => String(record[name])))]);
}
