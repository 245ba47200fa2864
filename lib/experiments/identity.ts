/** What tells one cell of one plan from all others, and the name of its files. */
import { createHash } from "node:crypto";
import { hasFullSet, type DatasetName } from "../data/sources";
import type { Plan, SettingsOf } from "./plan";

/** One row of settings with one seed and a number of steps, as plain JSON. */
export interface Cell {
  readonly settings: SettingsOf;
  readonly seed: number;
  readonly steps: number;
}

/** The size of each data set that a plan found. */
export type PlanData = Readonly<Record<string, "full" | "package">>;

/** All that a cell's numbers depend on. */
export interface CellIdentity extends Cell {
  /** The plan's name. */
  readonly plan: string;
  readonly version: number;
  readonly data: PlanData;
}

/** Which size of each of its data sets the plan finds on this machine. */
export function planData({ datasets = [] }: { datasets?: readonly DatasetName[] }): PlanData {
  return Object.fromEntries(datasets.map((name) => [name, hasFullSet(name) ? "full" : "package"]));
}

/** A cell as this machine would run it. */
export function cellIdentity(plan: Plan, { settings, seed, steps }: Cell): CellIdentity {
  const ordered = Object.keys(plan.settings).map((name) => [name, settings[name]] as const);
  return {
    plan: plan.name,
    version: plan.version,
    settings: Object.fromEntries(ordered) as SettingsOf,
    seed,
    steps,
    data: planData(plan),
  };
}

/** The name of a cell's files: its settings for a person, and a sum of its whole identity. */
export function keyOf({ plan, version, settings, seed, steps, data }: CellIdentity): string {
  const content = JSON.stringify([plan, version, settings, seed, steps, data]);
  const sum = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const readable = [...Object.values(settings), `seed${seed}`, `steps${steps}`]
    .join("-")
    .replace(/[^\w.-]+/g, "_")
    .slice(0, 80);
  return `${readable}-${sum}`;
}

/** The name of the files of a plan's cell on this machine. */
export function cellKey(plan: Plan, cell: Cell): string {
  return keyOf(cellIdentity(plan, cell));
}

/** "packing 2, network small". */
export function saySettings(settings: SettingsOf): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

/** "packing 2, network small, seed 3". */
export function sayCell({ settings, seed }: Cell): string {
  return [saySettings(settings), `seed ${seed}`].filter((part) => part !== "").join(", ");
}
