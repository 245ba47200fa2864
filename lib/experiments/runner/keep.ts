/** Keeps an experiment's rows in results/experiments/, beside those that are there. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { saySettings, type PlanData } from "../identity";
import type { Plan, PlanRow } from "../plan";
import { resultsFolder, type KeptExperiment, type KeptRun } from "../results";
import { writeWhole, type CellResult } from "./result";

/** How rows came about, and where they are kept. */
export interface KeepOptions extends Pick<KeptRun, "command" | "machine" | "versions"> {
  /** Default: results/experiments/. */
  readonly folder?: string;
}

/** Digits that are kept: more than a 32-bit float has, fewer than a sum of such floats brings up by rounding. */
const DIGITS = 10;

/** Each figure as it is kept, so that 100.00000000000007 is 100. */
function keptFigures(figures: PlanRow["figures"]): PlanRow["figures"] {
  const kept = ([name, value]: [string, number | null]): [string, number | null] => [
    name,
    value === null ? null : Number(value.toPrecision(DIGITS)),
  ];
  return Object.fromEntries(Object.entries(figures).map(kept));
}

/** What tells a row from another. */
const identityOf = ({ settings, seed, steps }: PlanRow): string =>
  JSON.stringify([steps, saySettings(settings), seed]);

/** The runs of the file, where it is of this version of the plan. A table must not mix sizes of the data. */
function keptRuns(plan: Plan, file: string, data: PlanData): readonly KeptRun[] {
  if (!existsSync(file)) return [];
  const { version, runs } = JSON.parse(readFileSync(file, "utf8")) as KeptExperiment;
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
 */
export function addRun(runs: readonly KeptRun[], added: KeptRun): KeptRun[] {
  const known = new Map(
    runs.flatMap(({ rows }) => rows.map((row) => [identityOf(row), row] as const)),
  );
  const fresh = added.rows.filter((row) => !isDeepStrictEqual(known.get(identityOf(row)), row));
  const replaced = new Set(fresh.map(identityOf));
  const left = runs.map((run) => ({
    ...run,
    rows: run.rows.filter((row) => !replaced.has(identityOf(row))),
  }));
  const all = fresh.length === 0 ? left : [...left, { ...added, rows: fresh }];
  return all.filter(({ rows }) => rows.length > 0);
}

/**
 * Writes results/experiments/<plan>.json, or adds to it.
 *
 * @param results At least one, of one number of steps.
 * @returns The file.
 * @throws Error when the file was measured on another size of the data.
 */
export function keepResults(
  plan: Plan,
  results: readonly CellResult[],
  { folder = resultsFolder(), ...origin }: KeepOptions,
): string {
  const file = path.join(folder, `${plan.name}.json`);
  const [{ device, data, steps }] = results as [CellResult];
  const rows = results.map(({ settings, seed, steps, figures, cpuSeconds }) => ({
    settings,
    seed,
    steps,
    figures: keptFigures(figures),
    cpuSeconds,
  }));
  const { command, machine, versions } = origin;
  const added: KeptRun = { command, machine, versions, device, data, steps, rows };
  const { name, version, description, settings, figures, published = [] } = plan;
  const runs = addRun(keptRuns(plan, file, data), added);
  const kept = { plan: name, version, description, settings, figures, published, runs };
  writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`);
  return file;
}
