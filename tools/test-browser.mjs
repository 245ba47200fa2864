/** `npm run test:browser`: what a learner sees, in a real browser without a window. See HELP. */
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { findLesson, listLessons } from "./notebooks/lessons.mjs";
import { ensureChromium } from "./run/chromium.mjs";
import { executedLesson, isExecuted } from "./run/executed.mjs";
import { finish } from "./run/finish.mjs";
import { lessonStep } from "./run/lesson-steps.mjs";
import { notebooksDir } from "./run/paths.mjs";
import { sideBySide } from "./run/side-by-side.mjs";
import { commandStep, nodeTests } from "./run/step.mjs";
import { inRoot, venvPython } from "./setup/paths.mjs";

const HELP = `npm run test:browser [-- lesson …]

Opens the page of each executed lesson in headless Chromium: what its cells drew must be there, with alternative texts,
and axe must find nothing serious. The executed notebooks are those that \`npm test\` left in build/lessons/quick/; a
lesson that has changed since, or with it gan-lib, is executed first.

Then starts JupyterLab as \`npm start\` does, on copies of a few lessons (test/browser/lab.browser.mjs names them), runs all
their cells in the quick profile, and looks at what is to be seen. Pictures of it lie in build/browser/pictures/ afterwards.

With lessons (a number or a name, for example 11): only those.`;

/**
 * @typedef {import("./notebooks/lessons.mjs").Lesson} Lesson
 * @typedef {import("./run/outcomes.mjs").Outcome} Outcome
 */

/** @returns {Promise<Outcome[]>} */
async function browserThere() {
  const outcome = { step: "set-up", name: "chromium" };
  try {
    await ensureChromium();
    return [{ ...outcome, status: "passed", message: "" }];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ ...outcome, status: "failed", message }];
  }
}

/**
 * Executes the lessons that are not there as they are now.
 *
 * @param {Lesson[]} lessons
 * @returns {Promise<Outcome[]>}
 */
async function executed(lessons) {
  const stale = lessons.filter((lesson) => !isExecuted(lesson));
  const outcomes = (await sideBySide(stale.map((lesson) => () => lessonStep(lesson)))).flat();
  /** @type {(lesson: Lesson) => Outcome} */
  const judge = (lesson) => {
    const named = { step: "executed lessons", name: lesson.slug };
    if (isExecuted(lesson)) return { ...named, status: "passed", message: "" };
    return { ...named, status: "failed", message: "it did not run to its last cell" };
  };
  return [...lessons.map(judge), ...outcomes];
}

/** Makes the pages of the executed lessons, beside them. @param {Lesson[]} lessons */
function pages(lessons) {
  const mathjax = inRoot("node_modules", "mathjax", "es5", "tex-svg-full.js");
  const executed = lessons.map(({ slug }) => executedLesson(slug));
  const program = inRoot("tools", "run", "pages.py");
  return commandStep("pages", "tools/run/pages.py", [venvPython, program, mathjax, ...executed]);
}

/** @param {Lesson[]} lessons */
function browserTests(lessons) {
  const folder = inRoot("test", "browser");
  const files = readdirSync(folder).filter((name) => name.endsWith(".browser.mjs"));
  return nodeTests(
    "browser tests",
    "browser",
    files.map((name) => `${folder}/${name}`),
    { BROWSER_LESSONS: lessons.map(({ slug }) => slug).join(" ") },
  );
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP);
  const known = listLessons(notebooksDir);
  const lessons =
    positionals.length > 0 ? positionals.map((name) => findLesson(known, name)) : known;
  const setUp = [process.execPath, "tools/setup.mjs"];
  const foundations = [() => commandStep("set-up", "tools/setup.mjs", setUp), browserThere];
  await finish("browser", foundations, [
    () => executed(lessons),
    () => pages(lessons),
    () => browserTests(lessons),
  ]);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
