/** The cells of a plan: which there are, and how a few of them are chosen. */
import { requireCount } from "../backend/require";
import { saySettings, type Cell } from "./identity";
import type { Plan, SettingsOf, SettingValue } from "./plan";

/** More cells than this are a slip of the hand: they would take years, and their list the memory. */
const MOST_CELLS = 100_000;

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
 *   seeds or steps are not whole numbers of at least 1, or the cells are more than 100,000.
 */
export function planCells(
  plan: Plan,
  { narrowed = {}, seeds = plan.seeds, steps = plan.steps }: PlanChoice = {},
): Cell[] {
  requireCount("seeds", seeds);
  requireCount("steps", steps);
  const rows = chosenRows(plan, narrowed);
  if (seeds * rows.length > MOST_CELLS)
    throw new RangeError(
      `${seeds} seeds of ${rows.length} rows are more than ${MOST_CELLS} cells. Choose fewer seeds, or some of the rows.`,
    );
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    rows.map((settings) => ({ settings, seed, steps })),
  );
}

/**
 * One cell of a plan, from its settings as they are written in JSON or on a command line.
 *
 * @throws Error naming the settings, values or rows that the plan has when this is none of them; RangeError when seed or
 *   steps are not whole numbers of at least 1.
 */
export function planCell(plan: Plan, { settings, seed, steps }: Cell): Cell {
  requireCount("seed", seed);
  requireCount("steps", steps);
  const narrowed = Object.entries(settings).map(
    ([name, value]) => [name, [String(value)]] as const,
  );
  const names = Object.keys(plan.settings);
  const missing = names.filter((name) => !(name in settings));
  if (missing.length > 0)
    throw new Error(
      `A cell of "${plan.name}" needs one value for each of ${names.join(", ")}; ${missing.join(", ")} is missing.`,
    );
  const [row] = chosenRows(plan, Object.fromEntries(narrowed)) as [SettingsOf];
  return { settings: row, seed, steps };
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
