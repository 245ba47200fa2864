/** Runs the chosen cells of a plan that are not finished, collects them, and says what came out. */
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderVega } from "gan-lib";
import { cellKey, planCells, saySettings } from "gan-lib/dist/experiments/cells.js";
import { sortRows, summarizeRows } from "gan-lib/dist/experiments/summary.js";
import { tableOf } from "gan-lib/dist/experiments/table.js";
import { buildDir, shown } from "../run/paths.mjs";
import { chartOf, finishedRows, formatTable, readResult, writeTable } from "./collect.mjs";
import { keepResults } from "./keep.mjs";
import { threadsOf } from "./options.mjs";
import { runJobs } from "./pool.mjs";
import { createLines, Progress } from "./progress.mjs";

/** @typedef {import("./pool.mjs").Job & { title: string }} TitledJob */

/** @returns {TitledJob} A cell as a command, with the files it leaves. */
function jobOf(plan, planName, cell, folder) {
  const key = cellKey(plan, cell);
  const base = path.join(folder, "cells", key);
  const title = [saySettings(cell.settings), `seed ${cell.seed}`]
    .filter((part) => part !== "")
    .join(", ");
  return {
    key,
    title,
    file: `${base}.json`,
    log: `${base}.log`,
    json: JSON.stringify({ plan: planName, ...cell }),
  };
}

/** @returns {string} "distance 1.2, modes 17; 3.1 CPU seconds" */
function sayResult({ figures, cpuSeconds }) {
  const number = (value) => (value === null ? "not finite" : Number(value.toPrecision(4)));
  return `${Object.entries(figures)
    .map(([name, value]) => `${name} ${number(value)}`)
    .join(", ")}; ${cpuSeconds.toFixed(1)} CPU seconds`;
}

/** Runs jobs and says how they go on. @returns {Promise<{ title: string, log: string, error: string }[]>} Those that failed. */
async function runWaiting(jobs, { steps, finished, atOnce, signal }) {
  const progress = new Progress({ cells: jobs.length + finished, finished, steps });
  const lines = createLines(() => `  ${progress.say()}`);
  const failures = [];
  const listener = {
    started: ({ key }) => progress.started(key),
    stepped: ({ key }, step) => progress.stepped(key, step),
    ended({ key, title, file, log }, error) {
      progress.ended(key, error !== undefined);
      if (error !== undefined) failures.push({ title, log, error });
      const outcome =
        error === undefined
          ? `✓ ${title}: ${sayResult(readResult(file))}`
          : `✗ ${title}: ${error.split("\n")[0]}`;
      lines.line(`${outcome}   (${progress.say()})`);
    },
  };
  await runJobs(jobs, { jobs: atOnce, environment: threadsOf(atOnce), signal, listener });
  lines.end();
  return failures;
}

/** Writes the table of all finished cells, prints mean and standard error of the chosen ones, and draws them. */
async function collect(plan, results, folder) {
  const rows = sortRows(results, plan.settings);
  const summaries = summarizeRows(rows);
  const table = path.join(folder, "table.parquet");
  writeTable(plan, finishedRows(plan, path.join(folder, "cells")), table);
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

function sayFailures(failures) {
  for (const { title, log, error } of failures)
    console.error(`\n✗ ${title}: ${error}\nAll of its output: ${shown(log)}`);
  console.error(
    `\n${failures.length} cell${failures.length === 1 ? "" : "s"} failed; the same command tries again.`,
  );
}

/**
 * @param {import("gan-lib").Plan} plan
 * @param {{ planName: string, command: string, options: ReturnType<typeof import("./options.mjs").readOptions>, signal: AbortSignal }} request
 *   `planName` is how a cell finds the plan, `command` what was typed.
 * @returns {Promise<"done" | "failed" | "stopped">}
 */
export async function runExperiment(plan, { planName, command, options, signal }) {
  const folder = path.resolve(options.folder ?? path.join(buildDir, "experiments"), plan.name);
  const cells = planCells(plan, options.choice);
  const jobs = cells.map((cell) => jobOf(plan, planName, cell, folder));
  const waiting = jobs.filter(({ file }) => !existsSync(file));
  const finished = jobs.length - waiting.length;
  const [{ steps }] = cells;
  console.log(
    `${plan.name}: ${plan.description}\n${jobs.length} cells of ${steps} steps, of which ${finished} are finished`,
  );
  if (waiting.length > 0) await plan.prepare?.();
  const failures = await runWaiting(waiting, { steps, finished, atOnce: options.jobs, signal });
  const results = jobs.filter(({ file }) => existsSync(file)).map(({ file }) => readResult(file));
  if (signal.aborted) {
    console.log(
      `\nStopped with ${results.length} of ${jobs.length} cells done. To go on: ${command}`,
    );
    return "stopped";
  }
  const kept =
    options.keep && results.length > 0 ? keepResults(plan, results, { command }) : undefined;
  if (results.length > 0) await collect(plan, results, folder);
  if (kept !== undefined) console.log(shown(kept));
  if (failures.length > 0) sayFailures(failures);
  return failures.length > 0 ? "failed" : "done";
}
