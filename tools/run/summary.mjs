/** The counts and the minutes of a whole run, left for whoever adds several runs up. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildDir } from "./paths.mjs";

/**
 * @typedef {object} Summary
 * @property {import("./outcomes.mjs").Counts} counts
 * @property {Record<string, number>} seconds By step.
 * @property {number} whole Seconds from the run's start to its end.
 */

const folder = path.join(buildDir, "summary");

/** Forgets earlier runs. */
export function clearSummaries() {
  rmSync(folder, { recursive: true, force: true });
}

/** Leaves the summary of a run under its name. @param {string} name @param {Summary} summary */
export function writeSummary(name, summary) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(summary));
}

/** @param {string} name @returns {Summary} What the run left; one failure where it left nothing. */
export function readSummary(name) {
  try {
    return JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
  } catch {
    console.error(`${name} did not come to its end`);
    return { counts: { passed: 0, failed: 1, skipped: 0 }, seconds: {}, whole: 0 };
  }
}
