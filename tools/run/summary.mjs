/** The counts of a whole run, left for whoever adds several runs up. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildDir } from "./paths.mjs";

const folder = path.join(buildDir, "summary");

/** Forgets earlier runs. */
export function clearSummaries() {
  rmSync(folder, { recursive: true, force: true });
}

/** Leaves the counts of a run under its name. */
export function writeSummary(name, counts) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(counts));
}

/** @returns {{ passed: number, failed: number, skipped: number }} The counts; one failure where the run left none. */
export function readSummary(name) {
  try {
    return JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
  } catch {
    console.error(`${name} did not come to its end`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
