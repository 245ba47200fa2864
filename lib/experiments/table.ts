/** An experiment's table in words, as the terminal and a lesson show it. */
import type { PlanFigure, PublishedRow, SettingsOf, SettingValue } from "./plan";
import type { Estimate, SettingsSummary } from "./summary";

/** "18.2 ± 1.3": four significant digits of the mean, two of its standard error, and how many seeds gave a number where not all did. */
export function sayEstimate({ mean, standardError, count }: Estimate, seeds = count): string {
  if (count === 0) return "not finite";
  const error = standardError === null ? "" : ` ± ${Number(standardError.toPrecision(2))}`;
  return `${Number(mean.toPrecision(4))}${error}${count < seeds ? ` (${count} of ${seeds} seeds)` : ""}`;
}

function sayPublished(figure?: { readonly mean: number; readonly standardError?: number }): string {
  if (figure === undefined) return "";
  return figure.standardError === undefined
    ? String(figure.mean)
    : `${figure.mean} ± ${figure.standardError}`;
}

/** One line of the table, by its columns: the settings, the source ("ours, 5 seeds", or a paper's table), each figure in words. */
export type TableRow = Readonly<Record<string, SettingValue>>;

/** What papers published for a row of settings. */
export function publishedFor(
  settings: SettingsOf,
  published: readonly PublishedRow[] = [],
): PublishedRow[] {
  return published.filter((row) =>
    Object.entries(settings).every(([name, value]) => row.settings[name] === value),
  );
}

/**
 * The table of an experiment: a line for each row of settings with mean ± standard error of each figure, and below it
 * what papers published for it.
 *
 * @param units The figures by their names, in the order of the columns.
 */
export function tableOf(
  summaries: readonly SettingsSummary[],
  units: Readonly<Record<string, PlanFigure>>,
  published?: readonly PublishedRow[],
): TableRow[] {
  const line = (settings: SettingsOf, source: string, say: (name: string) => string): TableRow => {
    const figures = Object.entries(units).map(([name, { unit }]): [string, string] => [
      unit === undefined ? name : `${name} (${unit})`,
      say(name),
    ]);
    return { ...settings, source, ...Object.fromEntries(figures) };
  };
  return summaries.flatMap(({ settings, seeds, figures }) => {
    const count = seeds.length;
    const ours = line(settings, `ours, ${count} seed${count === 1 ? "" : "s"}`, (name) =>
      sayEstimate(figures[name] as Estimate, count),
    );
    return [
      ours,
      ...publishedFor(settings, published).map((row) =>
        line(settings, row.source, (name) => sayPublished(row.figures[name])),
      ),
    ];
  });
}
