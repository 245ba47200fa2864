/** The kept experiments as sections of results/README.md. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { experimentResults } from "gan-lib";
import { sayRun } from "./machine.mjs";
import { markdownTable } from "./markdown.mjs";

/** @returns {string[]} The plans whose results are kept. */
export function keptPlans(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => path.basename(name, ".json"));
}

/** @returns {import("gan-lib").ExperimentResults[]} A plan's kept results, one for each number of steps. */
export function keptExperiments(plan, folder) {
  const { runs } = JSON.parse(readFileSync(path.join(folder, `${plan}.json`), "utf8"));
  const lengths = [...new Set(runs.map(({ steps }) => steps))].sort((a, b) => a - b);
  return lengths.map((steps) => experimentResults(plan, { steps, folder }));
}

/** @returns {string} */
function section({ steps, table, runs }) {
  const head = [...new Set(table.flatMap((row) => Object.keys(row)))];
  const rows = table.map((row) => head.map((name) => row[name] ?? ""));
  return [
    `${steps} training steps, mean ± standard error:`,
    "",
    ...runs.map(sayRun),
    "",
    markdownTable(head, rows),
  ].join("\n");
}

/** @returns {string[]} A section for each plan. */
export function experimentSections(folder) {
  return keptPlans(folder).map((plan) => {
    const results = keptExperiments(plan, folder);
    return [`### ${plan}`, results[0].description, ...results.map(section)].join("\n\n");
  });
}
