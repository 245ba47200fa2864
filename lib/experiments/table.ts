/** An experiment's table in words, as the terminal and a lesson show it. */
import type { PlanFigure, PublishedRow, SettingsOf, SettingValue } from "./plan";
import type { Estimate, SettingsSummary } from "./summary";

/** Two significant digits of the error, and as many places of the mean; three significant digits of a mean that has no error. */
function sayMean(mean: number, error: number | null): string {
  if (error === null) return String(Number(mean.toPrecision(3)));
  if (error === 0) return `${Number(mean.toPrecision(3))} ± 0`;
  const rounded = Number(error.toPrecision(2));
  const places = Math.max(0, 1 - Math.floor(Math.log10(rounded)));
  return `${mean.toFixed(places)} ± ${rounded.toFixed(places)}`;
}

/** "18.2 ± 1.3": a mean, its standard error, and how many seeds gave a number where not all did. */
export function sayEstimate({ mean, standardError, count }: Estimate, seeds = count): string {
  if (count === 0) return "not finite";
  return `${sayMean(mean, standardError)}${count < seeds ? ` (${count} of ${seeds} seeds)` : ""}`;
}

/** Words that are not written as they stand in a figure's name. */
const WRITTEN: Readonly<Record<string, string>> = { frechet: "Fréchet distance", kl: "KL" };

/** A figure's name as a table's head: `reverseKl` in nats is "reverse KL (nats)". */
function headOf(name: string, { unit }: PlanFigure): string {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").split(" ");
  const said = words
    .map((word) => word.toLowerCase())
    .map((word) => WRITTEN[word] ?? word)
    .join(" ");
  return unit === undefined ? said : `${said} (${unit})`;
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
    const figures = Object.entries(units).map(([name, figure]): [string, string] => [
      headOf(name, figure),
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
