/** Keeps an experiment's rows in results/experiments/, beside those that are there. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { saySettings } from "gan-lib/dist/experiments/cells.js";
import { keptFigures } from "../run/figures.mjs";
import { describeMachine, describeVersions } from "../run/machine.mjs";
import { inRoot } from "../setup/paths.mjs";

/** @typedef {import("gan-lib").KeptRun} KeptRun */

/** What tells a cell from another. */
const identity = ({ settings, seed, steps }) =>
  JSON.stringify([steps, saySettings(settings), seed]);

/**
 * The runs of the file, where it is of this version of the plan.
 *
 * @returns {KeptRun[]}
 * @throws {Error} when they were measured on another size of the data: a table must not mix them.
 */
function keptRuns(plan, file, data) {
  if (!existsSync(file)) return [];
  const { version, runs } = JSON.parse(readFileSync(file, "utf8"));
  if (version !== plan.version) return [];
  const other = runs.find((run) => !isDeepStrictEqual(run.data, data));
  if (other === undefined) return runs;
  throw new Error(
    `${file} was measured on ${JSON.stringify(other.data)}, these results on ${JSON.stringify(data)}: remove the file to begin anew.`,
  );
}

/**
 * The runs with rows added: a row that is there stays where it is, one that was measured anew takes the place of the
 * old one, and each run says by which command and on which machine its rows came about.
 *
 * @param {KeptRun[]} runs
 * @param {KeptRun} added
 * @returns {KeptRun[]}
 */
export function addRun(runs, added) {
  const known = new Map(runs.flatMap(({ rows }) => rows.map((row) => [identity(row), row])));
  const fresh = added.rows.filter((row) => !isDeepStrictEqual(known.get(identity(row)), row));
  const replaced = new Set(fresh.map(identity));
  const left = runs.map((run) => ({
    ...run,
    rows: run.rows.filter((row) => !replaced.has(identity(row))),
  }));
  const all = fresh.length === 0 ? left : [...left, { ...added, rows: fresh }];
  return all.filter(({ rows }) => rows.length > 0);
}

/**
 * Writes results/experiments/<plan>.json, or adds to it.
 *
 * @param {import("gan-lib").Plan} plan
 * @param {(import("gan-lib").PlanRow & { device: string, data: object })[]} results At least one, of one number of steps.
 * @param {{ command: string, folder?: string }} options
 * @returns {string} The file.
 * @throws {Error} when the file was measured on another size of the data.
 */
export function keepResults(plan, results, { command, folder = inRoot("results", "experiments") }) {
  const file = path.join(folder, `${plan.name}.json`);
  const [{ device, data, steps }] = results;
  const rows = results.map(({ settings, seed, steps, figures, cpuSeconds }) => ({
    settings,
    seed,
    steps,
    figures: keptFigures(figures),
    cpuSeconds,
  }));
  const run = {
    command,
    machine: describeMachine(),
    versions: describeVersions(),
    device,
    data,
    steps,
    rows,
  };
  const { name, version, description, settings, figures, published = [] } = plan;
  const kept = {
    plan: name,
    version,
    description,
    settings,
    figures,
    published,
    runs: addRun(keptRuns(plan, file, data), run),
  };
  writeFileSync(`${file}.tmp`, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(`${file}.tmp`, file);
  return file;
}
