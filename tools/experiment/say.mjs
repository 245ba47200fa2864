/** What `npm run experiment` says and leaves when its cells have ended. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { renderVega } from "gan-lib";
import { chartOf, sortRows, summarizeRows, tableOf, writeTable } from "gan-lib/experiments";
import { shown } from "../run/paths.mjs";
import { alignTable } from "../run/table.mjs";

/** @returns {string} Records as lines of aligned columns. */
export function formatTable(records) {
  const head = Object.keys(records[0]);
  return alignTable([head, ...records.map((record) => head.map((name) => String(record[name])))]);
}

/** Writes the table of all finished cells, prints mean and standard error of the chosen ones, and draws them. */
export async function sayResults(plan, { results, all }, folder) {
  const rows = sortRows(results, plan.settings);
  const summaries = summarizeRows(rows);
  const table = path.join(folder, "table.parquet");
  writeTable(plan, sortRows(all, plan.settings), table);
  console.log(
    `\nmean ± standard error over the seeds\n${formatTable(tableOf(summaries, plan.figures, plan.published))}\n\n${shown(table)}`,
  );
  const chart = chartOf(plan, rows, summaries);
  if (chart === undefined)
    return console.log("No figure has a finite value, so there is no chart.");
  const picture = path.join(folder, "chart.png");
  writeFileSync(picture, await renderVega(chart));
  console.log(shown(picture));
}

/** Says which cells failed, why, and where all that each printed is. */
export function sayFailures(failed) {
  for (const { title, problem, log } of failed)
    console.error(`\n✗ ${title}: ${problem}\nAll of its output: ${shown(log)}`);
  const count = `${failed.length} cell${failed.length === 1 ? "" : "s"}`;
  console.error(`\n${count} failed; the same command tries again.`);
}
