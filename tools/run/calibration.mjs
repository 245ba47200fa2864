/**
 * Whether a lesson's limits hold on any processor. A GAN's outcome depends on how a processor rounds, as it does on the
 * seed; two variables of oneDNN bring other roundings about on one machine. Runs of all of them are kept, and each limit
 * must stand off from all of them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../setup/paths.mjs";
import { keptNumber, spread } from "./figures.mjs";

/**
 * @typedef {object} KeptOutcome What a run gave for an outcome.
 * @property {number | null} value
 * @property {Record<string, number>} limits
 * @property {number | null} [twin]
 * @property {boolean} skewed
 *
 * @typedef {{ seed: number, failed?: true, outcomes: Record<string, KeptOutcome> }} CalibrationRow
 *
 * @typedef {object} Calibration What results/calibration/<lesson>.<profile>.json holds.
 * @property {string} lesson
 * @property {string} profile
 * @property {string} code A sum of the lesson's code, without its limits.
 * @property {{ command: string, setting: string, machine: object, versions: object, device: string, rows: CalibrationRow[] }[]} runs
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

/** Where they are kept. */
export const calibrationDir = inRoot("results", "calibration");

/** How many runs a calibration has at least, and by how many deviations a limit stands off. */
export const MIN_RUNS = 15;
export const MIN_DEVIATIONS = 4;

/**
 * @param {Record<string, string | number>} machine
 * @returns {Record<string, Record<string, string>>} The environment of each setting, by name: as it is, with the
 *   instructions of an older processor, and with oneDNN's kernels where TensorFlow does not take them by itself, or
 *   without them where it does.
 * @throws {Error} where nothing computes with oneDNN.
 */
export function calibrationSettings({ oneDNN, oneDNNInstructions, oneDNNKernels }) {
  if (oneDNN === "not used")
    throw new Error("--calibrate needs the native TensorFlow library: its settings are oneDNN's.");
  const older = /AVX-?512|AVX10/.test(String(oneDNNInstructions)) ? "AVX2" : "AVX";
  const other = oneDNNKernels === "yes" ? "0" : "1";
  return {
    "as it is": {},
    [`ONEDNN_MAX_CPU_ISA=${older}`]: { ONEDNN_MAX_CPU_ISA: older },
    [`TF_ENABLE_ONEDNN_OPTS=${other}`]: { TF_ENABLE_ONEDNN_OPTS: other },
  };
}

/** @returns {string} The file of a lesson in a profile. */
export function calibrationFile(lesson, profile, folder = calibrationDir) {
  return path.join(folder, `${lesson}.${profile}.json`);
}

/** @returns {Calibration[]} All that are kept. */
export function readCalibrations(folder = calibrationDir) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
}

/** @returns {CalibrationRow} What is kept of a run. */
export function calibrationRow({ seed, ok, report }) {
  const outcomes = Object.entries(report?.outcomes ?? {}).map(
    ([name, { limits, twin, skewed }]) => [
      name,
      {
        value: keptNumber(report.figures[name]),
        limits,
        ...(twin === undefined ? {} : { twin: keptNumber(twin) }),
        skewed,
      },
    ],
  );
  return { seed, ...(ok ? {} : { failed: true }), outcomes: Object.fromEntries(outcomes) };
}

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
