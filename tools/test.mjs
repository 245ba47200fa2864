/** `npm test`: everything that shows whether the project works. See HELP. Uses nothing that set-up has yet to install. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { listLessons, withRequired } from "./notebooks/lessons.mjs";
import { finish } from "./run/finish.mjs";
import { fallbackStep, lessonStep } from "./run/lesson-steps.mjs";
import { buildDir, notebooksDir } from "./run/paths.mjs";
import { commandStep, nodeTests, pytest } from "./run/step.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm test [-- lesson …]

Sets up what is missing; then types, lint, the notebooks' cells, unit tests, the kernel's tests, every lesson in the
quick profile with its declared cost, and the first lessons again on WebAssembly. Ends with "N passed, N failed".

With lessons (a number or a name, for example 11): only those lessons and the ones they require, after types, lint and
gan-lib's unit tests; all of them that do not need the native library run again on WebAssembly.

Tests of the full data sets need GAN_DATA_DIR, a folder that holds mnist/ and fashion-mnist/; without it they are
skipped by name. JUnit reports: build/junit/.`;

/**
 * @typedef {import("./notebooks/lessons.mjs").Lesson} Lesson
 * @typedef {import("./run/finish.mjs").Step} Step
 * @typedef {import("./run/finish.mjs").Group} Group
 */

/** @param {string} folder @param {string} ending @returns {string[]} The files below a folder whose names end so, in order. */
function filesBelow(folder, ending) {
  const names = readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(ending)).sort();
}

/** The tests of gan-lib, compiled from TypeScript; where everything is tested, those of the tools too. @param {boolean} all */
function unitTests(all) {
  const library = filesBelow("test", ".test.ts").map((name) =>
    path.join(buildDir, "test", name.replace(/\.ts$/, ".js")),
  );
  const tools = filesBelow("test", ".test.mjs").map((name) => inRoot("test", name));
  return nodeTests("unit tests", "unit", all ? [...library, ...tools] : library);
}

/** What all else stands on: when one of these fails, the rest would only fail for the same reason. */
const foundations = [
  () =>
    commandStep("set-up", "tools/setup.mjs --tests", [
      process.execPath,
      "tools/setup.mjs",
      "--tests",
    ]),
  () =>
    commandStep("types", "tsc --build lib exercises test tools", [
      process.execPath,
      "node_modules/typescript/bin/tsc",
      "--build",
      "lib",
      "exercises",
      "test",
      "tools",
    ]),
];

/** What is judged by reading it: format, rules, links in docstrings, notebooks. @param {Lesson[]} lessons @returns {Step[]} */
function lint(lessons) {
  const commands = {
    eslint: ["node_modules/eslint/bin/eslint.js", "."],
    prettier: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."],
    docstrings: ["node_modules/typedoc/bin/typedoc", "--emit", "none"],
    notebooks: ["tools/check-notebooks.mjs", ...lessons.map(({ slug }) => slug)],
  };
  return Object.entries(commands).map(
    ([name, command]) =>
      () =>
        commandStep("lint", name, [process.execPath, ...command]),
  );
}

/** The lesson up to which everything is run on WebAssembly as well: 12 and 41 take minutes there, and show nothing new. */
const LAST_FALLBACK = "11";

/**
 * The lessons, and again on WebAssembly those that do not need the native library. What computes on one core comes
 * first and in turn with what computes on all: so a lesson of the one kind mostly runs beside one of the other.
 *
 * @param {boolean} all
 * @param {Lesson[]} lessons
 * @returns {Step[]}
 */
function lessonSteps(all, lessons) {
  const fallback = (all ? withRequired(lessons, [LAST_FALLBACK]) : lessons).filter(
    ({ notebook }) => notebook.metadata.lesson?.needsNative !== true,
  );
  return lessons.flatMap((lesson, index) => [
    ...fallback.slice(index, index + 1).map((other) => () => fallbackStep(other)),
    () => lessonStep(lesson),
  ]);
}

/** @param {boolean} all @param {Lesson[]} lessons @returns {(Step | Group)[]} */
function checks(all, lessons) {
  const ofKernel = () => pytest({ step: "kernel tests", name: "kernel", args: ["test/kernel"] });
  const models = () =>
    commandStep("models", "tools/run/models.mjs", [process.execPath, "tools/run/models.mjs"]);
  return [
    lint(lessons),
    () => unitTests(all), // node:test itself runs two files at once
    [...(all ? [ofKernel, models] : []), ...lessonSteps(all, lessons)],
  ];
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP);
  const known = listLessons(notebooksDir);
  const lessons = positionals.length > 0 ? withRequired(known, positionals) : known;
  await finish("test", foundations, checks(positionals.length === 0, lessons));
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
