/** The figures that a lesson reported, over several seeds. */
import { alignTable } from "./table.mjs";

/** @typedef {{ mean: number, sd: number | null, min: number, max: number, values: (number | null)[] }} Spread */

/**
 * @param {(number | null)[]} values One a seed; null where a run did not report it.
 * @returns {Spread} Mean, sample standard deviation (null below two values), smallest and largest.
 */
export function spread(values) {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    sd: known.length < 2 ? null : Math.sqrt(squares / (known.length - 1)),
    min: Math.min(...known),
    max: Math.max(...known),
    values,
  };
}

/**
 * @param {({ figures: Record<string, unknown> } | null)[]} reports One a seed; null where a run left none.
 * @returns {Record<string, Spread>} The spread of each figure that is a number in some report, in order of appearance.
 */
export function summarize(reports) {
  const isFigure = (value) => typeof value === "number" && Number.isFinite(value);
  const names = new Set(
    reports.flatMap((report) =>
      Object.keys(report?.figures ?? {}).filter((name) => isFigure(report.figures[name])),
    ),
  );
  const valueOf = (report, name) => (isFigure(report?.figures[name]) ? report.figures[name] : null);
  return Object.fromEntries(
    [...names].map((name) => [name, spread(reports.map((report) => valueOf(report, name)))]),
  );
}

/** @returns {string} A table for the terminal. */
export function formatFigures(figures) {
  const number = (value) => (value === null ? "-" : Number(value.toPrecision(4)).toString());
  const rows = Object.entries(figures).map(([name, { mean, sd, min, max, values }]) => {
    const count = values.filter((value) => value !== null).length;
    return [name, ...[mean, sd, min, max].map(number), `${count}/${values.length}`];
  });
  return alignTable([["figure", "mean", "sd", "min", "max", "seeds"], ...rows], "right");
}
