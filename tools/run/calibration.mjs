/**
 * Whether a lesson's limits hold on any processor. A GAN's outcome depends on how a processor rounds, as it does on the
 * seed; two variables of oneDNN bring other roundings about on one machine. Runs of all of them are kept, and each limit
 * must stand off from all of them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../setup/paths.mjs";
import { keptNumber } from "./figures.mjs";

/**
 * @typedef {object} KeptOutcome What a run gave for an outcome.
 * @property {number | null} value
 * @property {Record<string, number>} limits
 * @property {number | null} [twin]
 * @property {boolean} skewed
 *
 * @typedef {{ seed: number, failed?: true, outcomes: Record<string, KeptOutcome> }} CalibrationRow
 *
 * @typedef {{ command: string, setting: string, machine: object, versions: object, device: string, rows: CalibrationRow[] }} CalibrationRun
 *   The runs of one setting.
 *
 * @typedef {object} Calibration What results/calibration/<lesson>.<profile>.json holds.
 * @property {string} lesson
 * @property {string} profile
 * @property {string} code A sum of the lesson's code, without its limits.
 * @property {CalibrationRun[]} runs
 */

/** Where they are kept. */
export const calibrationDir = inRoot("results", "calibration");

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
