/** `npm run lesson -- NN --calibrate`: makes the runs of a calibration that are not kept yet. */
import { existsSync, readFileSync } from "node:fs";
import { codeSum, writtenOutcomes } from "../notebooks/outcomes.mjs";
import { calibrationFile, calibrationRow, calibrationSettings } from "./calibration.mjs";
import { calibrationProblems, judge } from "./judge.mjs";
import { HEAD, verdictRow } from "./calibration-page.mjs";
import { writeJson } from "./kept-lessons.mjs";
import { describeMachine, describeVersions } from "./machine.mjs";
import { shown } from "./paths.mjs";
import { runLesson } from "./run-lesson.mjs";
import { alignTable } from "./table.mjs";

/** @typedef {import("./calibration.mjs").Calibration} Calibration */
/** @typedef {import("./calibration.mjs").CalibrationRow} CalibrationRow */
/** @typedef {import("./calibration.mjs").CalibrationRun} CalibrationRun */

/**
 * Whether a run made again gave what was kept. A twin that an outcome has no longer is not missed.
 *
 * @param {import("./calibration.mjs").KeptOutcome | undefined} kept
 * @param {import("./calibration.mjs").KeptOutcome} again
 */
const isSame = (kept, again) =>
  kept !== undefined &&
  kept.value === again.value &&
  (again.twin === undefined || kept.twin === again.twin);

/**
 * What remains of a calibration when the lesson's code has changed. Most changes draw or explain and leave the training
 * alone: if the new code gives every outcome of a kept run again, to the last kept digit, the other runs are as good.
 *
 * @param {Calibration} kept
 * @param {string} code The sum of the new code.
 * @param {{ before: CalibrationRow, again: CalibrationRow, about: Omit<CalibrationRun, "rows"> }} run A kept run, and the
 *   same made anew.
 * @returns {Calibration} With the outcomes that the new code has, less the runs in which a cell failed; with the new run
 *   alone where an outcome came out otherwise.
 */
function carriedOver(kept, code, { before, again, about }) {
  const names = Object.keys(again.outcomes);
  const other = names.filter((name) => !isSame(before.outcomes[name], again.outcomes[name]));
  if (other.length > 0) {
    console.log(`Other outcomes than those kept (${other.join(", ")}): all runs anew.\n`);
    return withRow({ ...kept, code, runs: [] }, about, again);
  }
  console.log("The same outcomes as before the code changed: the kept runs stay.\n");
  const asNow = (name, { twin, ...outcome }) =>
    again.outcomes[name].twin === undefined ? outcome : { ...outcome, twin };
  const only = (row) => ({
    ...row,
    outcomes: Object.fromEntries(
      names.flatMap((name) =>
        row.outcomes[name] ? [[name, asNow(name, row.outcomes[name])]] : [],
      ),
    ),
  });
  return {
    ...kept,
    code,
    runs: kept.runs.map((run) => ({
      ...run,
      rows: run.rows.filter((row) => !row.failed).map(only),
    })),
  };
}

/**
 * @returns {Promise<Calibration>} The kept runs that count for the code as it is now; written where it had changed.
 * @throws {Error} when the code as it is now fails: what is kept stays.
 */
async function readCarriedOver(lesson, profile, file, make) {
  const code = codeSum(lesson.notebook);
  if (!existsSync(file)) return { lesson: lesson.slug, profile, code, runs: [] };
  /** @type {Calibration} */
  const kept = JSON.parse(readFileSync(file, "utf8"));
  const first = kept.runs.find(({ rows }) => rows.length > 0);
  if (kept.code === code || first === undefined) return { ...kept, code };
  console.log(`The code of ${lesson.slug} has changed since: a kept run is made again.\n`);
  const [before] = first.rows;
  const { row: again, about } = await make(first.setting, before.seed);
  if (again.failed)
    throw new Error(
      `A cell of ${lesson.slug} fails now, see above: the kept runs stay as they are. Mend it, and calibrate again.`,
    );
  const carried = carriedOver(kept, code, { before, again, about });
  writeJson(file, carried);
  return carried;
}

/** @returns {Calibration} With a run's row added; runs of one setting stand together. */
function withRow(calibration, about, row) {
  const same = (run) => run.setting === about.setting;
  const runs = calibration.runs.some(same)
    ? calibration.runs.map((run) => (same(run) ? { ...run, rows: [...run.rows, row] } : run))
    : [...calibration.runs, { ...about, rows: [row] }];
  return { ...calibration, runs };
}

/**
 * Runs a lesson with each setting and seed that is not kept yet, keeps each run as soon as it ends, and prints what the
 * runs say of each limit. An outcome that is missed does not end a run: what comes after it is wanted as well.
 *
 * @param {import("../notebooks/lessons.mjs").Lesson} lesson
 * @param {{ profile: string, seeds: number, command: string, folder?: string, run?: typeof runLesson, machine?: Record<string, string | number> }} options
 * @returns {Promise<boolean>} Whether every limit holds.
 */
export async function calibrate(lesson, options) {
  const { profile, seeds, command, folder, run = runLesson, machine = describeMachine() } = options;
  const file = calibrationFile(lesson.slug, profile, folder);
  const settings = calibrationSettings(machine);
  /** @returns {Promise<{ row: CalibrationRow, about: Omit<CalibrationRun, "rows"> }>} */
  const make = async (setting, seed) => {
    const label = setting === "as it is" ? "as-it-is" : setting;
    const environment = { ...settings[setting], GAN_LENIENT: "1" };
    const made = await run(lesson, { profile, seed, label, environment });
    if (made.report === null)
      throw new Error(
        `Seed ${seed} (${setting}) of ${lesson.slug} left no report, see above: it is not kept. Calibrate again; the runs so far are kept.`,
      );
    const { device } = made.report;
    const about = { command, setting, machine, versions: describeVersions(), device };
    return { row: calibrationRow(made), about };
  };
  let calibration = await readCarriedOver(lesson, profile, file, make);
  for (const setting of Object.keys(settings)) {
    const kept = calibration.runs.find((each) => each.setting === setting)?.rows ?? [];
    for (let seed = 1; seed <= seeds; seed++) {
      if (kept.some((row) => row.seed === seed)) continue;
      const { row, about } = await make(setting, seed);
      calibration = withRow(calibration, about, row);
      writeJson(file, calibration);
    }
  }
  return sayCalibration(calibration, lesson, file);
}

/** Prints what the runs say. @returns {boolean} Whether every limit holds. */
function sayCalibration(calibration, lesson, file) {
  const written = writtenOutcomes(lesson.notebook, calibration.profile);
  const rows = judge(calibration, written).map(verdictRow);
  console.log(`${alignTable([HEAD, ...rows], "right")}\n`);
  const problems = calibrationProblems(calibration, written);
  for (const problem of problems) console.error(problem);
  console.log(shown(file));
  return problems.length === 0;
}
