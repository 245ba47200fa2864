/** The two kinds of steps: a command that is one check, and a command that reports many. */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { venvPython } from "../setup/paths.mjs";
import { runChild } from "./child.mjs";
import { readJUnit } from "./junit.mjs";
import { buildDir, shown } from "./paths.mjs";

/** @typedef {import("./outcomes.mjs").Outcome} Outcome */

/** How much of a failing command's output the summary shows. */
const TAIL_LINES = 20;

function lastLines(text) {
  return stripVTControlCharacters(text).trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
}

/**
 * @param {string} step
 * @param {string} name
 * @param {string[]} command
 * @param {Record<string, string | undefined>} [environment]
 * @returns {Promise<Outcome[]>} One outcome: whether the command exits with 0.
 */
export async function commandStep(step, name, command, environment) {
  const { code, tail } = await runChild(command, environment);
  return [
    {
      step,
      name,
      status: code === 0 ? "passed" : "failed",
      message: code === 0 ? "" : lastLines(tail),
    },
  ];
}

/**
 * The report's outcomes, and one failure for what the report keeps to itself.
 *
 * @param {{ step: string, report: string, files: string[] }} options
 * @param {{ code: number, tail: string }} ended
 * @returns {Outcome[]}
 */
function judge({ step, report, files }, { code, tail }) {
  /** @type {(message: string) => Outcome} */
  const fail = (message) => ({ step, name: shown(report), status: "failed", message });
  /** @type {Outcome[]} */
  let outcomes;
  try {
    outcomes = readJUnit(report, step);
  } catch {
    return [fail(`it left no report that can be read (exit code ${code}):\n${lastLines(tail)}`)];
  }
  // node:test counts a file that ran no test, or that left early, as one passed test by the file's name.
  const judged = outcomes.map((outcome) =>
    outcome.status === "passed" && files.some((file) => outcome.name.endsWith(shown(file)))
      ? { ...fail("the file ran no test"), name: outcome.name }
      : outcome,
  );
  if (judged.length === 0) return [fail(`no test was found (exit code ${code})`)];
  if (code !== 0 && !judged.some(({ status }) => status === "failed")) {
    return [
      ...judged,
      fail(`exit code ${code}, though no test in the report failed:\n${lastLines(tail)}`),
    ];
  }
  return judged;
}

/**
 * Runs a command that writes a JUnit report.
 *
 * @param {{ step: string, command: string[], report: string, environment?: Record<string, string | undefined>, files?: string[] }} options `files`
 *   are the test files given to node:test; each must run a test.
 * @returns {Promise<Outcome[]>} What is in the report. A missing report, an empty one, or an exit code that no failure
 *   explains is a failure.
 */
export async function reportedStep({ step, command, report, environment = {}, files = [] }) {
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  return judge({ step, report, files }, await runChild(command, environment));
}

/** A test that takes longer is frozen. */
const TEST_MILLISECONDS = 900_000;

/**
 * Runs files of node:test.
 *
 * @param {string} step
 * @param {string} name Of the report in build/junit/.
 * @param {string[]} files
 * @param {Record<string, string>} [variables] Added to the tests' environment.
 * @returns {Promise<Outcome[]>}
 */
export function nodeTests(step, name, files, variables = {}) {
  const report = path.join(buildDir, "junit", `${name}.xml`);
  const reporters = { spec: "stdout", junit: report };
  const options = Object.entries(reporters).flatMap(([reporter, to]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${to}`,
  ]);
  const limits = [`--test-timeout=${TEST_MILLISECONDS}`, "--test-concurrency=2"];
  // Where a test starts tests, the inner ones are a run of their own.
  const environment = { ...variables, NODE_TEST_CONTEXT: undefined };
  return reportedStep({
    step,
    command: [process.execPath, "--test", ...limits, ...options, ...files],
    report,
    files,
    environment,
  });
}

/**
 * Runs pytest.
 *
 * @param {{ step: string, name: string, args: string[], environment?: Record<string, string | undefined> }} options The
 *   name is the report's in build/junit/.
 * @returns {Promise<Outcome[]>}
 */
export function pytest({ step, name, args, environment }) {
  const report = path.join(buildDir, "junit", `${name}.xml`);
  return reportedStep({
    step,
    command: [
      venvPython,
      "-m",
      "pytest",
      "-q",
      "-p",
      "no:cacheprovider",
      `--junitxml=${report}`,
      ...args,
    ],
    report,
    environment,
  });
}
