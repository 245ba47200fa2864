/** The steps of `npm test` that run lessons, and leave them executed. */
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { executedLesson } from "./executed.mjs";
import { costProblems, lessonEnvironment, newReportFile, readReport } from "./lesson-run.mjs";
import { pytest } from "./step.mjs";

/** @typedef {import("../notebooks/lessons.mjs").Lesson} Lesson */
/** @typedef {import("./outcomes.mjs").Outcome} Outcome */
/** @typedef {import("./lesson-run.mjs").Report} Report */

/** A cell that takes longer than this in the quick profile is frozen; nbmake then ends it and shows it. */
const CELL_SECONDS = 600;

/** Runs a copy of a lesson through nbmake in the quick profile, which leaves its outputs in the copy. */
async function runLesson(
  /** @type {Lesson} */ { slug, file },
  /** @type {{ step: string, name: string, report: string, backend?: string }} */ run,
) {
  const copy = executedLesson(slug, run.backend);
  mkdirSync(path.dirname(copy), { recursive: true });
  rmSync(copy, { force: true });
  copyFileSync(file, copy);
  const nbmake = ["--nbmake", "--nbmake-kernel=tslab", `--nbmake-timeout=${CELL_SECONDS}`];
  return pytest({
    step: run.step,
    name: run.name,
    args: [...nbmake, "--overwrite", copy],
    environment: lessonEnvironment({ ...run, profile: "quick", seed: 1 }),
  });
}

/**
 * Judges what the lesson reported of its run.
 *
 * @param {string} step
 * @param {string} name
 * @param {string} file
 * @param {(report: Report) => string[]} problemsOf
 * @returns {Outcome}
 */
function checkReport(step, name, file, problemsOf) {
  /** @type {string[]} */
  let problems;
  try {
    const report = readReport(file);
    problems = [
      ...(report.finished
        ? []
        : ["the lesson did not end its report: its last cell is `await lesson.end();`"]),
      ...problemsOf(report),
    ];
  } catch (error) {
    problems = [error instanceof Error ? error.message : String(error)];
  }
  return {
    step,
    name,
    status: problems.length === 0 ? "passed" : "failed",
    message: problems.join("\n"),
  };
}

/** @param {Lesson} lesson @returns {Promise<Outcome[]>} The lesson on the backend that the machine has, and its declared cost. */
export async function lessonStep(lesson) {
  const { slug, notebook } = lesson;
  const step = "lessons";
  const report = newReportFile(`${slug}.quick`);
  const outcomes = await runLesson(lesson, { step, name: `lesson-${slug}`, report });
  return [
    ...outcomes,
    checkReport(step, `declared cost of ${slug}`, report, (content) =>
      costProblems(notebook.metadata.lesson, content),
    ),
  ];
}

/** @param {Lesson} lesson @returns {Promise<Outcome[]>} The lesson on WebAssembly: what a machine gets for which there is no native library. */
export async function fallbackStep(lesson) {
  const { slug } = lesson;
  const step = "lessons on WebAssembly";
  const name = `lesson-${slug}-wasm`;
  const report = newReportFile(`${slug}.quick.wasm`);
  const outcomes = await runLesson(lesson, { step, name, report, backend: "wasm" });
  return [
    ...outcomes,
    checkReport(step, `backend of ${slug}`, report, ({ backend }) =>
      backend === "wasm" ? [] : [`it ran on ${backend}`],
    ),
  ];
}
