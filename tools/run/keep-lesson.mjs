/** `npm run lesson -- NN --keep`: what was measured goes to results/lessons/, and from there onto the pages. */
import { hasFullSet } from "gan-lib";
import { keepLesson, keptRow, requireSameData } from "./kept-lessons.mjs";
import { describeMachine, describeVersions } from "./machine.mjs";
import { shown } from "./paths.mjs";
import { writeResultsPages } from "./results-page.mjs";

/** @returns {Record<string, "full" | "package">} The size of each data set on this machine. */
function dataHere() {
  const names = /** @type {const} */ (["mnist", "fashion-mnist"]);
  return Object.fromEntries(names.map((name) => [name, hasFullSet(name) ? "full" : "package"]));
}

/** Asked before the runs, so that nothing is run in vain. @throws {Error} when what is kept is of other data. */
export function requireKeepable(lesson, profile) {
  requireSameData(lesson.slug, profile, dataHere());
}

/** Keeps what runs reported, and makes the pages again. */
export function keepRuns(lesson, { profile, runs, command }) {
  const reports = runs.flatMap(({ report }) => (report === null ? [] : [report]));
  if (reports.length === 0) return;
  const [{ backend, device }] = reports;
  const run = {
    command,
    machine: describeMachine(),
    versions: describeVersions(),
    backend,
    device,
    data: dataHere(),
    rows: runs.map(keptRow),
  };
  const units = Object.assign({}, ...reports.map((report) => report.units));
  const file = keepLesson({ lesson: lesson.slug, profile, units, run });
  console.log(`\nKept in ${[shown(file), ...writeResultsPages()].join(", ")}`);
}
