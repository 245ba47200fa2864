/** What the runs of a calibration say of a lesson's limits. */
import { spread } from "./figures.mjs";

/**
 * @typedef {import("./calibration.mjs").Calibration} Calibration
 * @typedef {import("./calibration.mjs").KeptOutcome} KeptOutcome
 *
 * @typedef {object} Verdict What the runs say of an outcome.
 * @property {string} name
 * @property {string} limit In words.
 * @property {import("./figures.mjs").Spread} runs
 * @property {number} distance From the limit to the nearest run; negative where a run misses.
 * @property {number} needed How much that must be at least.
 * @property {{ runs: import("./figures.mjs").Spread, distance: number, needed: number } | null} twin
 * @property {boolean} skewed
 */

/** How many runs a calibration has at least, and by how many deviations a limit stands off. */
export const MIN_RUNS = 15;
export const MIN_DEVIATIONS = 4;

const WORDS = { atLeast: "at least", atMost: "at most", above: "above", below: "below" };

/** How far a value stands on the right side of the nearest limit. */
const inside = (value, limits) =>
  Math.min(
    ...Object.entries(limits).map(([kind, limit]) =>
      kind === "atLeast" || kind === "above" ? value - limit : limit - value,
    ),
  );

/** How far from a limit runs with that spread must stay. */
const marginOf = (values, skewed) =>
  skewed ? (values.max - values.min) / 2 : MIN_DEVIATIONS * (values.sd ?? Infinity);

/** @returns {NonNullable<Verdict["twin"]>} */
function judgeTwin(outcomes, skewed) {
  const runs = spread(outcomes.map(({ twin }) => twin ?? null));
  const distance = Math.min(...outcomes.map(({ twin, limits }) => -inside(twin ?? NaN, limits)));
  return { runs, distance, needed: marginOf(runs, skewed) };
}

/** @param {KeptOutcome[]} outcomes One a run. @returns {Verdict} */
function judgeOutcome(name, outcomes) {
  const { limits, skewed } = outcomes[outcomes.length - 1];
  const runs = spread(outcomes.map(({ value }) => value));
  const distance = Math.min(...outcomes.map((each) => inside(each.value ?? NaN, each.limits)));
  const limit = Object.entries(limits)
    .map(([kind, value]) => `${WORDS[kind]} ${Number(value.toPrecision(4))}`)
    .join(", ");
  const twin = outcomes.some((each) => each.twin !== undefined)
    ? judgeTwin(outcomes, skewed)
    : null;
  return { name, limit, runs, distance, needed: marginOf(runs, skewed), twin, skewed };
}

/**
 * @param {Calibration} calibration
 * @param {Record<string, import("../notebooks/outcomes.mjs").WrittenOutcome>} [written] The notebook's limits as they
 *   are now; they take the place of those that the runs had.
 * @returns {Verdict[]} One an outcome.
 */
export function judge({ runs }, written = {}) {
  const rows = runs.flatMap((run) => run.rows);
  const names = [...new Set(rows.flatMap(({ outcomes }) => Object.keys(outcomes)))];
  return names.map((name) => {
    const now = written[name];
    const outcomes = rows.flatMap(({ outcomes: { [name]: kept } }) =>
      kept === undefined
        ? []
        : [
            now === undefined
              ? kept
              : { ...kept, limits: { ...kept.limits, ...now.limits }, skewed: now.skewed },
          ],
    );
    return judgeOutcome(name, outcomes);
  });
}

/** @returns {string} A distance in the deviations of the runs. */
export const inDeviations = (distance, { sd }) =>
  sd === null || sd === 0 ? (distance < 0 ? "missed" : "exact") : (distance / sd).toFixed(1);

/** @returns {string[]} What is wrong with an outcome. */
function outcomeProblems({ name, limit, runs, distance, needed, twin, skewed }, count) {
  const measure = skewed ? "half their range" : `${MIN_DEVIATIONS} deviations`;
  const say = (value) => Number(value.toPrecision(3));
  const known = runs.values.filter((value) => value !== null).length;
  return [
    known < count ? `"${name}" came out of ${known} of ${count} runs` : "",
    distance >= needed || known < count
      ? ""
      : `"${name}" (${limit}): the nearest run is ${say(distance)} off, ${measure} are ${say(needed)}`,
    twin === null || (twin.distance > 0 && twin.distance >= twin.needed)
      ? ""
      : `"${name}" (${limit}): the nearest twin misses by ${say(twin.distance)}, ${measure} are ${say(twin.needed)}`,
  ].filter((problem) => problem !== "");
}

/**
 * @param {Calibration} calibration
 * @param {Record<string, import("../notebooks/outcomes.mjs").WrittenOutcome>} written The notebook's outcomes.
 * @returns {string[]} What keeps the limits from being believed; empty where nothing does.
 */
export function calibrationProblems(calibration, written) {
  const rows = calibration.runs.flatMap((run) => run.rows);
  const verdicts = judge(calibration, written);
  const judged = new Set(verdicts.map(({ name }) => name));
  const missing = Object.keys(written).filter((name) => !judged.has(name));
  const failed = rows.filter((row) => row.failed).length;
  return [
    ...(rows.length < MIN_RUNS ? [`${rows.length} runs are kept, not ${MIN_RUNS}`] : []),
    ...(failed > 0 ? [`a cell failed in ${failed} of ${rows.length} runs`] : []),
    ...missing.map((name) => `"${name}" is in no kept run`),
    ...verdicts.flatMap((verdict) => outcomeProblems(verdict, rows.length)),
  ].map((problem) => `${calibration.lesson}, ${calibration.profile}: ${problem}`);
}
