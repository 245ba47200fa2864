/** The steps of `npm test` that run lessons. */
import { costProblems, lessonEnvironment, newReportFile, readReport } from "./lesson-run.mjs";
import { pytest } from "./step.mjs";

/** @typedef {import("../notebooks/lessons.mjs").Lesson} Lesson */
/** @typedef {import("./outcomes.mjs").Outcome} Outcome */

/** A cell that takes longer than this in the quick profile is frozen; nbmake then ends it and shows it. */
const CELL_SECONDS = 600;

/** Runs a lesson through nbmake in the quick profile. @returns {Promise<Outcome[]>} */
function runLesson({ file }, { step, name, report, backend }) {
  const args = ["--nbmake", "--nbmake-kernel=tslab", `--nbmake-timeout=${CELL_SECONDS}`, file];
  return pytest({
    step,
    name,
    args,
    environment: lessonEnvironment({ profile: "quick", seed: 1, report, backend }),
  });
}

/** Judges what the lesson reported of its run. @returns {Outcome} */
function checkReport(step, name, report, problemsOf) {
  let problems;
  try {
    const content = readReport(report);
    problems = [
      ...(content.finished
        ? []
        : ["the lesson did not end its report: its last cell is `await lesson.end();`"]),
      ...problemsOf(content),
    ];
  } catch (error) {
    problems = [error.message];
  }
  return {
    step,
    name,
    status: problems.length === 0 ? "passed" : "failed",
    message: problems.join("\n"),
  };
}

/** @returns {Promise<Outcome[]>} The lesson on the backend that the machine has, and its declared cost. */
export async function lessonStep(lesson) {
  const { slug, notebook } = lesson;
  const step = "lessons";
  const report = newReportFile(`${slug}.quick`);
  const outcomes = await runLesson(lesson, { step, name: `lesson-${slug}`, report });
  const problemsOf = (content) => costProblems(notebook.metadata.lesson, content);
  return [...outcomes, checkReport(step, `declared cost of ${slug}`, report, problemsOf)];
}

/** @returns {Promise<Outcome[]>} The lesson on WebAssembly: what a machine gets for which there is no native library. */
export async function fallbackStep(lesson) {
  const { slug } = lesson;
  const step = "lessons on WebAssembly";
  const report = newReportFile(`${slug}.quick.wasm`);
  const outcomes = await runLesson(lesson, {
    step,
    name: `lesson-${slug}-wasm`,
    report,
    backend: "wasm",
  });
  const problemsOf = ({ backend }) => (backend === "wasm" ? [] : [`it ran on ${backend}`]);
  return [...outcomes, checkReport(step, `backend of ${slug}`, report, problemsOf)];
}
