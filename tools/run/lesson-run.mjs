/** How a lesson is run: with which environment, and what it may cost. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildDir } from "./paths.mjs";

/** The profiles, and what each is for. */
export const PROFILES = {
  quick: "for tests",
  standard: "for the learner",
  full: "the paper's scale",
};

/**
 * @typedef {object} Report What `gan.openLesson` and `lesson.end` write.
 * @property {string} profile
 * @property {string} backend
 * @property {string} device
 * @property {boolean} finished Whether the lesson came to its end.
 * @property {number} cpuSeconds
 * @property {number} maxRssMB
 * @property {Record<string, unknown>} figures
 */

/** Room above the declared cost: machines differ, and a red test should mean a lesson that changed. */
const CPU_ROOM = 3;
const MEMORY_ROOM = 1.5;

/** Declared minutes are those of two cores. */
const CORES = 2;

/** @param {string} name @returns {string} The file that the lesson's `gan.report` writes, made ready: its folder is there, it is not. */
export function newReportFile(name) {
  const file = path.join(buildDir, "lessons", `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {{ profile: string, seed: number, report: string, backend?: string }} run
 * @returns {Record<string, string | undefined>} The environment variables of one run.
 */
export function lessonEnvironment({ profile, seed, report, backend }) {
  return {
    LESSON_PROFILE: profile,
    LESSON_SEED: String(seed),
    LESSON_REPORT: report,
    GAN_BACKEND: backend,
    // A missed outcome is red, also where this is run from a terminal of a learner's JupyterLab.
    GAN_LENIENT: undefined,
    // Nor are its cells what the learner ran.
    GAN_HISTORY: "",
    // The kernel of .venv, not one of the same name that the user has.
    JUPYTER_PREFER_ENV_PATH: "1",
  };
}

/** @param {string} file @returns {Report} The report of a run. @throws {Error} when the lesson wrote none. */
export function readReport(file) {
  if (!existsSync(file))
    throw new Error(
      "the lesson wrote no report: it ended before `await gan.openLesson(…)`, or has no such cell",
    );
  return JSON.parse(readFileSync(file, "utf8"));
}

/** @returns {string} What is wrong with a figure that must be at most `limit`; empty where nothing is. */
function excess(figure, value, limit, declared, unit) {
  if (typeof value !== "number" || !(value > 0))
    return `the report's ${figure} is ${value}, not a number above 0`;
  return value <= limit
    ? ""
    : `${figure} is ${value.toFixed(0)} ${unit}, at most ${limit.toFixed(0)} (declared: ${declared})`;
}

/**
 * Compares what a run took with what the notebook declares, in CPU seconds: never a race against the clock.
 *
 * @param {{ minutes: Record<string, number>, memoryMB: number }} declared The notebook's `metadata.lesson`.
 * @param {{ profile: string, cpuSeconds: number, maxRssMB: number }} report
 * @returns {string[]} What is beyond the declared cost with its room; empty where nothing is.
 */
export function costProblems(declared, { profile, cpuSeconds, maxRssMB }) {
  const minutes = declared.minutes[profile];
  return [
    excess(
      "cpuSeconds",
      cpuSeconds,
      minutes * 60 * CORES * CPU_ROOM,
      `${minutes} min in profile ${profile} on ${CORES} cores`,
      "s",
    ),
    excess("maxRssMB", maxRssMB, declared.memoryMB * MEMORY_ROOM, `${declared.memoryMB} MB`, "MB"),
  ].filter((problem) => problem !== "");
}
