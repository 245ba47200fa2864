/** The rows of an experiment, summed up over its seeds. */
import { meanWithError } from "../metrics/intervals";
import type { PlanRow, SettingsOf, SettingValues } from "./plan";
import { saySettings } from "./identity";

/** Mean and standard error of a figure. */
export interface Estimate {
  /** NaN where no seed gave a finite number. */
  readonly mean: number;
  /** The sample standard deviation divided by √count; null below two values. */
  readonly standardError: number | null;
  /** How many seeds gave a finite number. */
  readonly count: number;
}

/** One row of settings over its seeds. */
export interface SettingsSummary {
  readonly settings: SettingsOf;
  readonly seeds: readonly number[];
  readonly figures: Readonly<Record<string, Estimate>>;
}

/** Mean and standard error of the finite values. */
export function estimate(values: readonly (number | null)[]): Estimate {
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  const count = known.length;
  const { mean, standardError } = meanWithError(known);
  return { mean, standardError: count < 2 ? null : standardError, count };
}

/** The rows in the order of the settings' values, then of the seeds. */
export function sortRows(rows: readonly PlanRow[], settings: SettingValues): PlanRow[] {
  const places = (row: PlanRow): number[] => [
    ...Object.entries(settings).map(([name, values]) => values.indexOf(row.settings[name]!)),
    row.seed,
  ];
  return [...rows].sort((a, b) => {
    const [first, second] = [places(a), places(b)];
    const i = first.findIndex((place, index) => place !== second[index]);
    return i < 0 ? 0 : first[i]! - second[i]!;
  });
}

/** Each row of settings over its seeds, in the order of appearance. */
export function summarizeRows(rows: readonly PlanRow[]): SettingsSummary[] {
  const groups = new Map<string, PlanRow[]>();
  for (const row of rows) {
    const key = saySettings(row.settings);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map(summarizeGroup);
}

function summarizeGroup(group: readonly PlanRow[]): SettingsSummary {
  const { settings, figures } = group[0] as PlanRow;
  return {
    settings,
    seeds: group.map(({ seed }) => seed),
    figures: Object.fromEntries(
      Object.keys(figures).map((name) => [
        name,
        estimate(group.map((row) => row.figures[name] ?? null)),
      ]),
    ),
  };
}
