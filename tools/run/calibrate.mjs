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

/** @returns {import("./calibration.mjs").Calibration} What is kept of this code; without runs where nothing is. */
function readOrBegin(lesson, profile, file) {
  const code = codeSum(lesson.notebook);
  const begun = { lesson: lesson.slug, profile, code, runs: [] };
  if (!existsSync(file)) return begun;
  const kept = JSON.parse(readFileSync(file, "utf8"));
  if (kept.code === code) return kept;
  console.log(`The code of ${lesson.slug} has changed since: all runs are made anew.\n`);
  return begun;
}

/** @returns {import("./calibration.mjs").Calibration} With a run's row added; runs of one setting stand together. */
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
  let calibration = readOrBegin(lesson, profile, file);
  for (const [setting, variables] of Object.entries(calibrationSettings(machine))) {
    const kept = calibration.runs.find((each) => each.setting === setting)?.rows ?? [];
    for (let seed = 1; seed <= seeds; seed++) {
      if (kept.some((row) => row.seed === seed)) continue;
      const label = setting === "as it is" ? "as-it-is" : setting;
      const environment = { ...variables, GAN_LENIENT: "1" };
      const made = await run(lesson, { profile, seed, label, environment });
      const about = {
        command,
        setting,
        machine,
        versions: describeVersions(),
        device: made.report?.device ?? "unknown",
      };
      calibration = withRow(calibration, about, calibrationRow(made));
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
