/** An experiment as a value: what varies, how often it is repeated, what is measured, and how one cell of it is run. */
import type { TopLevelSpec } from "vega-lite";
import type { DatasetName } from "../data/sources";
import { requirePlan } from "./checks";

/** One value of a setting. */
export type SettingValue = string | number | boolean;

/** The values of each setting, by its name. */
export type SettingValues = Readonly<Record<string, readonly SettingValue[]>>;

/** One value for each setting. */
export type SettingsOf<Values extends SettingValues = SettingValues> = {
  readonly [Name in keyof Values]: Values[Name][number];
};

/** One run of an experiment: one row of settings with one seed. */
export interface PlanCell<Settings = SettingsOf> {
  readonly settings: Settings;
  /** A whole number of at least 1: make `createRandom(seed)` of it, and draw from that alone. */
  readonly seed: number;
  /** How many steps to train. */
  readonly steps: number;
  /** The cell's own folder, for checkpoints: what lies there when the cell starts is its own, from a run that was killed. Removed at the end. */
  readonly folder: string;
  /** Seconds from checkpoint to checkpoint; 0 saves one after each step. Default 60. */
  readonly saveAfter?: number;
  /** Says how many steps are done. Await it in each step: it lets the process hear that it shall end, and costs next to nothing. */
  readonly onProgress: (step: number) => Promise<void>;
}

/** A figure that a cell measures. */
export interface PlanFigure {
  /** What it is measured in, such as "nats" or "of 1000"; left out for a bare number. */
  readonly unit?: string;
}

/** Figures of a paper, to be shown beside ours and marked as the paper's. */
export interface PublishedRow<Settings = SettingsOf, Figure extends string = string> {
  /** The paper and the table, for example "arXiv 1712.04086, table 3". */
  readonly source: string;
  readonly settings: Settings;
  readonly figures: Readonly<
    Partial<Record<Figure, { readonly mean: number; readonly standardError?: number }>>
  >;
}

/** What a cell measured. */
export interface PlanRow {
  readonly settings: SettingsOf;
  readonly seed: number;
  readonly steps: number;
  /** By name; null where a run gave NaN or an infinite number. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** CPU time of the process that finished the cell, in seconds. */
  readonly cpuSeconds: number;
}

/** An experiment. Make one with {@link definePlan}. */
export interface Plan<
  Values extends SettingValues = SettingValues,
  Figure extends string = string,
> {
  /** Lower-case words with hyphens: the name on the command line and of the file in results/experiments/. */
  readonly name: string;
  /** One sentence: what is compared. */
  readonly description: string;
  /** A whole number from 1; raise it whenever a change makes other numbers, so that finished cells are run again. */
  readonly version: number;
  /** The values of each setting in the order in which they are shown. A name is one word (`packing`, `batchNorm`): it is also the option that narrows it. */
  readonly settings: Values;
  /** The rows to run where not every combination of the settings' values is wanted. Default: all combinations. */
  readonly rows?: readonly SettingsOf<Values>[];
  /** The experiment is run with the seeds 1 … seeds where the command line says nothing else. */
  readonly seeds: number;
  /** Training steps a cell where the command line says nothing else. */
  readonly steps: number;
  /** Minutes without a step after which a cell counts as hung and is ended. Default 30. */
  readonly timeout?: number;
  /** What each cell measures. */
  readonly figures: Readonly<Record<Figure, PlanFigure>>;
  /** The data sets that `run` loads; whether each was there in full is kept with the results. */
  readonly datasets?: readonly DatasetName[];
  readonly published?: readonly PublishedRow<SettingsOf<Values>, Figure>[];
  /** Runs once before the cells that are left: puts into the cache what they share, such as a trained classifier. */
  prepare?(): Promise<unknown>;
  /** Runs one cell, and returns every figure. Disposing what it made is not needed: a cell is a process of its own. */
  run(cell: PlanCell<SettingsOf<Values>>): Promise<Record<Figure, number>>;
  /** The chart of an experiment's rows. Default: a dot and an interval of one standard error for each row of settings, a panel for each figure. */
  draw?(rows: readonly PlanRow[]): TopLevelSpec;
}

/**
 * A plan whose `run` is typed by its settings and figures, checked for what types cannot say.
 *
 * @throws Error naming the plan and what is wrong with it.
 */
export function definePlan<const Values extends SettingValues, Figure extends string>(
  plan: Plan<Values, Figure>,
): Plan {
  requirePlan(plan);
  return plan;
}
