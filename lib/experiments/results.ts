/** Results of experiments that are kept in results/experiments/, as lessons show them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../backend/project";
import type { PlanFigure, PlanRow, PublishedRow, SettingValues } from "./plan";
import { sortRows, summarizeRows, type SettingsSummary } from "./summary";
import { tableOf, type TableRow } from "./table";

/** Rows that one command measured on one machine, all with the same number of steps. */
export interface KeptRun {
  readonly command: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  /** What computed, in words. */
  readonly device: string;
  /** The size of each data set that was used. */
  readonly data: Readonly<Record<string, "full" | "package">>;
  readonly steps: number;
  readonly rows: readonly PlanRow[];
}

/** What results/experiments/<plan>.json holds. */
export interface KeptExperiment {
  readonly plan: string;
  readonly version: number;
  readonly description: string;
  /** The values of each setting, in the plan's order. */
  readonly settings: SettingValues;
  readonly figures: Readonly<Record<string, PlanFigure>>;
  readonly published: readonly PublishedRow[];
  readonly runs: readonly KeptRun[];
}

/** The kept results of an experiment with one number of steps. */
export interface ExperimentResults {
  readonly plan: string;
  readonly description: string;
  /** Training steps of each row. */
  readonly steps: number;
  /** The figures' units, by their names. */
  readonly figures: Readonly<Record<string, PlanFigure>>;
  /** One row a cell. */
  readonly rows: readonly PlanRow[];
  /** One entry for each row of settings: mean and standard error over the seeds. */
  readonly summary: readonly SettingsSummary[];
  /** The summary in words, with a paper's figures below ours: ready for `pl.DataFrame(…)`. */
  readonly table: readonly TableRow[];
  /** What made them: command, machine, versions. */
  readonly runs: readonly KeptRun[];
}

/** Options of {@link experimentResults}. */
export interface ResultsOptions {
  /** Which number of steps, where results with several are kept. */
  readonly steps?: number;
  /** Where the files are; default results/experiments/. */
  readonly folder?: string;
}

/**
 * The project's folder of experiments' measured figures.
 *
 * @throws Error when gan-lib is used outside the project.
 */
export function resultsFolder(): string {
  return path.join(projectFolder(), "results", "experiments");
}

/**
 * The measured results of an experiment from results/experiments/.
 *
 * @throws Error with the command that makes them when none are kept, or none with that number of steps; naming the
 *   numbers of steps where there are several and `steps` chooses none.
 */
export function experimentResults(plan: string, options: ResultsOptions = {}): ExperimentResults {
  const { folder = resultsFolder() } = options;
  const { figures, description, settings, published, runs } = readKept(plan, folder);
  const known = [...new Set(runs.map(({ steps }) => steps))].sort((a, b) => a - b);
  const steps = options.steps ?? known[0];
  if (options.steps === undefined && known.length > 1) {
    throw new Error(
      `experimentResults: results of "${plan}" with several numbers of steps are kept: ${known.join(", ")}. Choose one: { steps: ${steps} }.`,
    );
  }
  const chosen = runs.filter((run) => run.steps === steps);
  if (steps === undefined || chosen.length === 0) {
    throw new Error(
      `experimentResults: no results of "${plan}" with ${steps} steps are kept, only with ${known.join(", ")}. ${howToMake(plan, steps)}`,
    );
  }
  const rows = sortRows(
    chosen.flatMap((run) => run.rows),
    settings,
  );
  const summary = summarizeRows(rows);
  return {
    plan,
    description,
    steps,
    figures,
    rows,
    summary,
    table: tableOf(summary, figures, published),
    runs: chosen,
  };
}

function readKept(plan: string, folder: string): KeptExperiment {
  const file = path.join(folder, `${plan}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as KeptExperiment;
  throw new Error(
    `experimentResults: no results of "${plan}" are kept in results/experiments/. ${howToMake(plan)} ${sayKept(folder)}`,
  );
}

function howToMake(plan: string, steps?: number): string {
  return `Make them: npm run experiment -- ${plan}${steps === undefined ? "" : ` --steps ${steps}`} --keep`;
}

/** The experiments whose results are there. */
function sayKept(folder: string): string {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /\.json$/.test(name))
    : [];
  return `(Kept: ${names.map((name) => name.replace(/\.json$/, "")).join(", ") || "none"}.)`;
}
