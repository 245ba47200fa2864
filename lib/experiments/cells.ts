/** The cells of a plan: which there are, how a few of them are chosen, and the name of each. */
import { createHash } from "node:crypto";
import { requireCount } from "../backend/require";
import { hasFullSet } from "../data/sources";
import type { Plan, SettingsOf, SettingValue } from "./plan";

/** One run of a plan, as plain JSON. */
export interface CellChoice {
  readonly settings: SettingsOf;
  readonly seed: number;
  readonly steps: number;
}

/** Which cells of a plan to run. */
export interface PlanChoice {
  /** The values to run, as they are written, by the settings' names; all where a setting is left out. */
  readonly narrowed?: Readonly<Record<string, readonly string[]>>;
  /** The seeds are 1 … seeds. Default: the plan's. */
  readonly seeds?: number;
  /** Default: the plan's. */
  readonly steps?: number;
}

/**
 * The chosen cells of a plan, seed by seed: a run that is stopped early has as many seeds of each row as it could get.
 *
 * @throws Error naming the setting or the value that the plan does not have, and those that it has; RangeError when
 *   seeds or steps are not whole numbers of at least 1.
 */
export function planCells(
  plan: Plan,
  { narrowed = {}, seeds = plan.seeds, steps = plan.steps }: PlanChoice = {},
): CellChoice[] {
  requireCount("seeds", seeds);
  requireCount("steps", steps);
  const rows = chosenRows(plan, narrowed);
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    rows.map((settings) => ({ settings, seed, steps })),
  );
}

function chosenRows(
  plan: Plan,
  narrowed: Readonly<Record<string, readonly string[]>>,
): SettingsOf[] {
  for (const [name, texts] of Object.entries(narrowed)) requireValues(plan, name, texts);
  const isChosen = (row: SettingsOf): boolean =>
    Object.entries(narrowed).every(([name, texts]) => texts.includes(String(row[name])));
  const rows = (plan.rows ?? combinations(plan)).filter(isChosen).map((row) => inOrder(plan, row));
  if (rows.length === 0)
    throw new Error(
      `The plan "${plan.name}" has no row with ${sayNarrowed(narrowed)}. Its rows: ${sayRows(plan)}`,
    );
  return rows;
}

function requireValues(
  { name: planName, settings }: Plan,
  name: string,
  texts: readonly string[],
): void {
  const values = settings[name];
  if (values === undefined) {
    throw new Error(
      `The plan "${planName}" has no setting "${name}". Its settings: ${Object.keys(settings).join(", ")}.`,
    );
  }
  const unknown = texts.find((text) => !values.map(String).includes(text));
  if (unknown !== undefined) {
    throw new Error(
      `The setting ${name} of the plan "${planName}" has no value "${unknown}". Its values: ${values.join(", ")}.`,
    );
  }
}

function sayNarrowed(narrowed: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(narrowed)
    .map(([name, texts]) => `${name} ${texts.join(" or ")}`)
    .join(" and ");
}

function sayRows({ rows = [] }: Plan): string {
  return rows.map((row) => `\n  ${saySettings(row)}`).join("");
}

/** Every combination of the settings' values; the last setting changes fastest. */
function combinations({ settings }: Plan): SettingsOf[] {
  let rows: Record<string, SettingValue>[] = [{}];
  for (const [name, values] of Object.entries(settings))
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  return rows;
}

/** A row's settings in the plan's order. */
function inOrder({ settings }: Plan, row: SettingsOf): SettingsOf {
  return Object.fromEntries(Object.keys(settings).map((name) => [name, row[name] as SettingValue]));
}

/** "packing 2, network small". */
export function saySettings(settings: SettingsOf): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

/** Which size of each of its data sets the plan finds on this machine. */
export function planData({ datasets = [] }: Plan): Record<string, "full" | "package"> {
  return Object.fromEntries(datasets.map((name) => [name, hasFullSet(name) ? "full" : "package"]));
}

/**
 * The name of a cell's files: its settings for a person, and a sum of all that its numbers depend on — plan, version,
 * settings, seed, steps, and the size of its data sets.
 */
export function cellKey(plan: Plan, { settings, seed, steps }: CellChoice): string {
  const ordered = inOrder(plan, settings);
  const content = JSON.stringify([plan.name, plan.version, ordered, seed, steps, planData(plan)]);
  const sum = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const readable = [...Object.values(ordered), `seed${seed}`, `steps${steps}`]
    .join("-")
    .replace(/[^\w.-]+/g, "_")
    .slice(0, 80);
  return `${readable}-${sum}`;
}
