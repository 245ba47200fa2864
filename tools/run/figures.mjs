/** The figures that a lesson reported, over several seeds. */
import { alignTable } from "./table.mjs";

/** @typedef {{ mean: number, sd: number | null, min: number, max: number, values: (number | null)[] }} Spread */

/** Digits that are kept: more than a 32-bit float has, fewer than a sum of such floats brings up by rounding. */
const DIGITS = 10;

/**
 * @param {unknown} value
 * @returns {number | null} The number as it is kept, so that 100.00000000000007 is 100; null where it is not finite.
 */
export function keptNumber(value) {
  return typeof value === "number" && Number.isFinite(value)
    ? Number(value.toPrecision(DIGITS))
    : null;
}

/** @param {Record<string, unknown>} figures @returns {Record<string, number | null>} Each number as it is kept. */
export function keptFigures(figures) {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, keptNumber(value)]),
  );
}

/**
 * @param {(number | null)[]} values One a seed; null where a run did not report it.
 * @returns {Spread} Mean, sample standard deviation (null below two values), smallest and largest.
 */
export function spread(values) {
  const known = values.filter((value) => value !== null);
  const [min, max] = [Math.min(...known), Math.max(...known)];
  // Equal values have no spread, which their sum, rounded, would bring up.
  const mean = min === max ? min : known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    sd: known.length < 2 ? null : Math.sqrt(squares / (known.length - 1)),
    min,
    max,
    values,
  };
}

/**
 * @param {({ figures: Record<string, unknown> } | null)[]} reports One a seed; null where a run left none.
 * @returns {Record<string, Spread>} The spread of each figure that is a number in some report, in order of appearance.
 */
export function summarize(reports) {
  const figures = reports.map((report) => keptFigures(report?.figures ?? {}));
  const names = new Set(
    figures.flatMap((known) => Object.keys(known).filter((name) => known[name] !== null)),
  );
  return Object.fromEntries(
    [...names].map((name) => [name, spread(figures.map((known) => known[name] ?? null))]),
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

/** @returns {string} A figure as the pages write it: mean ± standard deviation, four significant digits. */
export function sayMeasured({ mean, sd }, unit = "") {
  const short = (value) => String(Number(value.toPrecision(value === mean ? 4 : 2)));
  const deviation = sd === null ? "" : ` ± ${short(sd)}`;
  return `${short(mean)}${deviation}${unit === "" ? "" : ` ${unit}`}`;
}
