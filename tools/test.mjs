/** `npm test`: everything that shows whether the project works. See HELP. Uses nothing that set-up has yet to install. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { listLessons, withRequired } from "./notebooks/lessons.mjs";
import { fallbackStep, lessonStep } from "./run/lesson-steps.mjs";
import { describeUnpassed, summaryLine, tally } from "./run/outcomes.mjs";
import { buildDir, notebooksDir } from "./run/paths.mjs";
import { commandStep, reportedStep } from "./run/step.mjs";
import { writeSummary } from "./run/summary.mjs";
import { inRoot, venvPython } from "./setup/paths.mjs";

const HELP = `npm test [-- lesson …]

Sets up what is missing; then types, lint, the notebooks' cells, unit tests, the kernel's tests, every lesson in the
quick profile with its declared cost, and the lessons again on WebAssembly. Ends with "N passed, N failed".

With lessons (a number or a name, for example 11): only those lessons and the ones they require, after types, lint and
gan-lib's unit tests.

Tests of the full data sets need GAN_DATA_DIR, a folder that holds mnist/ and fashion-mnist/; without it they are
skipped by name. JUnit reports: build/junit/.`;

/** A test that takes longer is frozen. */
const TEST_MILLISECONDS = 600_000;

/** @returns {string[]} The files below a folder whose names end so, in order. */
function filesBelow(folder, ending) {
  const names = readdirSync(inRoot(folder), { recursive: true });
  return names.filter((name) => name.endsWith(ending)).sort();
}

/** The tests of gan-lib, compiled from TypeScript; where everything is tested, those of the tools too. */
function unitTests(all) {
  const library = filesBelow("test", ".test.ts").map((name) => path.join(buildDir, "test", name.replace(/\.ts$/, ".js")));
  const tools = filesBelow("test", ".test.mjs").map((name) => inRoot("test", name));
  const files = all ? [...library, ...tools] : library;
  const report = path.join(buildDir, "junit", "unit.xml");
  const options = [`--test-timeout=${TEST_MILLISECONDS}`, "--test-concurrency=2"];
  const reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=junit", `--test-reporter-destination=${report}`];
  return reportedStep({ step: "unit tests", command: [process.execPath, "--test", ...options, ...reporters, ...files], report, files });
}

function kernelTests() {
  const report = path.join(buildDir, "junit", "kernel.xml");
  const command = [venvPython, "-m", "pytest", "test/kernel", "-q", "-p", "no:cacheprovider", `--junitxml=${report}`];
  return reportedStep({ step: "kernel tests", command, report });
}

/** What all else stands on: when one of these fails, the rest would only fail for the same reason. */
const foundations = [
  () => commandStep("set-up", "tools/setup.mjs --tests", [process.execPath, "tools/setup.mjs", "--tests"]),
  () => commandStep("types", "tsc --build lib test", [process.execPath, "node_modules/typescript/bin/tsc", "--build", "lib", "test"]),
];

/** @returns {(() => Promise<import("./run/outcomes.mjs").Outcome[]>)[]} */
function checks(all, lessons) {
  const slugs = lessons.map(({ slug }) => slug);
  const fallback = lessons.filter(({ notebook }) => notebook.metadata.lesson?.needsNative !== true);
  return [
    () => commandStep("lint", "eslint", [process.execPath, "node_modules/eslint/bin/eslint.js", "."]),
    () => commandStep("lint", "notebooks", [process.execPath, "tools/check-notebooks.mjs", ...slugs]),
    () => unitTests(all),
    ...(all ? [kernelTests] : []),
    ...lessons.map((lesson) => () => lessonStep(lesson)),
    ...fallback.map((lesson) => () => fallbackStep(lesson)),
  ];
}

/** Runs the steps in order. @returns {Promise<import("./run/outcomes.mjs").Outcome[]>} */
async function runSteps(steps) {
  const outcomes = [];
  for (const step of steps) {
    const started = performance.now();
    const found = await step();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`\n== ${found[0].step}: ${summaryLine(tally(found))} (${seconds} s) ==\n`);
    outcomes.push(...found);
  }
  return outcomes;
}

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean" } } });
  if (values.help) return console.log(HELP);
  const known = listLessons(notebooksDir);
  const lessons = positionals.length > 0 ? withRequired(known, positionals) : known;
  const outcomes = await runSteps(foundations);
  if (tally(outcomes).failed === 0) outcomes.push(...(await runSteps(checks(positionals.length === 0, lessons))));
  else console.log("The rest was not run: it stands on what failed.");
  const counts = tally(outcomes);
  writeSummary("test", counts);
  console.log(describeUnpassed(outcomes));
  console.log(summaryLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
