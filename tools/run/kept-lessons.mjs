/** The figures of lessons that are kept in results/lessons/, beside those that are there. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { inRoot } from "../setup/paths.mjs";
import { keptFigures, keptNumber, summarize } from "./figures.mjs";

/**
 * @typedef {object} KeptRow What one run of a lesson left.
 * @property {number} seed
 * @property {true} [failed] Whether a cell failed.
 * @property {Record<string, number | null>} figures
 * @property {number | null} cpuSeconds
 * @property {number | null} maxRssMB
 *
 * @typedef {object} KeptRun What one command measured on one machine.
 * @property {string} command
 * @property {Record<string, string | number>} machine
 * @property {Record<string, string>} versions
 * @property {string} backend
 * @property {string} device
 * @property {Record<string, string>} [data] Which data sets were there in full; not known of old runs.
 * @property {KeptRow[]} rows
 *
 * @typedef {object} KeptLesson What results/lessons/<lesson>.<profile>.json holds.
 * @property {string} lesson
 * @property {string} profile
 * @property {Record<string, string>} units By the figures' names.
 * @property {KeptRun[]} runs
 */

/** Where they are kept. */
export const lessonResultsDir = inRoot("results", "lessons");

/** @returns {string} The file of a lesson in a profile. */
export function keptLessonFile(lesson, profile, folder = lessonResultsDir) {
  return path.join(folder, `${lesson}.${profile}.json`);
}

/** Writes JSON beside the file first, so that a reader never sees half of it. */
export function writeJson(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.tmp`, file);
}

/** @returns {KeptLesson[]} All that is kept, by lesson, the short profiles first. */
export function readKeptLessons(folder = lessonResultsDir) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
}

/** @param {KeptLesson} kept @returns {KeptRow[]} One a seed, in the order of the seeds. */
export function rowsOf({ runs }) {
  return runs.flatMap(({ rows }) => rows).sort((a, b) => a.seed - b.seed);
}

/** @param {KeptLesson} kept @returns {Record<string, import("./figures.mjs").Spread>} */
export function figuresOf(kept) {
  return summarize(rowsOf(kept));
}

/** @returns {KeptRow} A run's report as it is kept. */
export function keptRow({ seed, ok, report }) {
  return {
    seed,
    ...(ok ? {} : { failed: true }),
    figures: keptFigures(report?.figures ?? {}),
    cpuSeconds: keptNumber(report?.cpuSeconds),
    maxRssMB: keptNumber(report?.maxRssMB),
  };
}

/** What a run computed, without what it cost: the same figures are no news. */
/** @param {KeptRow} row */
const measured = ({ seed, failed, figures }) => ({ seed, failed, figures });

/**
 * The runs with rows added: a seed that gave the same figures stays where it is, one that gave others takes the place of
 * the old one, and each run says by which command and on which machine its rows came about.
 *
 * @param {KeptRun[]} runs
 * @param {KeptRun} added
 * @returns {KeptRun[]}
 */
export function addRun(runs, added) {
  const known = new Map(runs.flatMap(({ rows }) => rows.map((row) => [row.seed, measured(row)])));
  const fresh = added.rows.filter((row) => !isDeepStrictEqual(known.get(row.seed), measured(row)));
  const replaced = new Set(fresh.map(({ seed }) => seed));
  const left = runs.map((run) => ({
    ...run,
    rows: run.rows.filter(({ seed }) => !replaced.has(seed)),
  }));
  const all = fresh.length === 0 ? left : [...left, { ...added, rows: fresh }];
  return all.filter(({ rows }) => rows.length > 0);
}

/** @returns {KeptLesson} What is kept of a lesson; without runs where nothing is. */
function readKept(lesson, profile, folder) {
  const file = keptLessonFile(lesson, profile, folder);
  return existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { lesson, profile, units: {}, runs: [] };
}

/** @throws {Error} when what is kept was measured on another size of the data: a figure must not mix them. */
export function requireSameData(lesson, profile, data, folder = lessonResultsDir) {
  const { runs } = readKept(lesson, profile, folder);
  const other = runs.find((run) => run.data !== undefined && !isDeepStrictEqual(run.data, data));
  if (other === undefined) return;
  const say = JSON.stringify;
  throw new Error(
    `${keptLessonFile(lesson, profile, folder)} was measured on ${say(other.data)}, and here is ${say(data)}: set GAN_DATA_DIR to the data it was measured on, or remove the file to begin anew.`,
  );
}

/**
 * Writes results/lessons/<lesson>.<profile>.json, or adds to it.
 *
 * @param {{ lesson: string, profile: string, units: Record<string, string>, run: KeptRun, folder?: string }} what
 * @returns {string} The file.
 */
export function keepLesson({ lesson, profile, units, run, folder = lessonResultsDir }) {
  const kept = readKept(lesson, profile, folder);
  const file = keptLessonFile(lesson, profile, folder);
  writeJson(file, {
    ...kept,
    units: { ...kept.units, ...units },
    runs: addRun(kept.runs, run),
  });
  return file;
}
