/** Calibrations as tables, for the terminal and for results/README.md. */
import { findLesson, listLessons } from "../notebooks/lessons.mjs";
import { writtenOutcomes } from "../notebooks/outcomes.mjs";
import { readCalibrations } from "./calibration.mjs";
import { inDeviations, judge } from "./judge.mjs";
import { sayRun } from "./machine.mjs";
import { markdownTable } from "./markdown.mjs";
import { notebooksDir } from "./paths.mjs";

/** The columns of a calibration's table. */
export const HEAD = [
  "outcome",
  "limit",
  "mean",
  "deviation",
  "nearest run, in deviations",
  "twin's mean",
  "nearest twin, in deviations",
];

const short = (value) => (value === null ? "" : String(Number(value.toPrecision(4))));

/** @param {import("./judge.mjs").Verdict} verdict @returns {string[]} Its row. */
export function verdictRow({ name, limit, runs, distance, twin, skewed }) {
  return [
    skewed ? `${name} (by range)` : name,
    limit,
    short(runs.mean),
    short(runs.sd),
    inDeviations(distance, runs),
    ...(twin === null ? ["", ""] : [short(twin.runs.mean), inDeviations(twin.distance, twin.runs)]),
  ];
}

/** @returns {string[]} A section for each kept calibration, or a line where there is none. */
export function calibrationSections(folder) {
  const lessons = listLessons(notebooksDir);
  const sections = readCalibrations(folder).map((calibration) => {
    const { lesson, profile, runs } = calibration;
    const written = writtenOutcomes(findLesson(lessons, lesson).notebook, profile);
    const rows = judge(calibration, written).map(verdictRow);
    return [
      `### ${lesson}, ${profile}`,
      "",
      ...runs.map((run) => `${sayRun(run)}; ${run.setting}`),
      "",
      markdownTable(HEAD, rows),
    ].join("\n");
  });
  const about =
    "How far each limit of a lesson stands from the nearest of the runs that were made with several seeds and settings of the processor's library, in standard deviations of these runs, and by how much a broken twin misses it. `npm run lesson -- NN --calibrate` makes them.";
  return [about, ...(sections.length > 0 ? sections : ["None is kept yet."])];
}
