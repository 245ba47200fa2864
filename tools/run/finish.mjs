/** Runs steps to the end, and sums up what came of them and where the time went. */
import { describeMinutes } from "./minutes.mjs";
import { describeUnpassed, summaryLine, tally } from "./outcomes.mjs";
import { print } from "./output.mjs";
import { sideBySide } from "./side-by-side.mjs";
import { writeSummary } from "./summary.mjs";

/**
 * @typedef {import("./outcomes.mjs").Outcome} Outcome
 * @typedef {() => Promise<Outcome[]>} Step
 * @typedef {Step[]} Group Steps that do not need one another, and may run side by side.
 * @typedef {{ outcomes: Outcome[], seconds: Record<string, number> }} Result What came of steps, and how long each
 *   kind of step took, by its name.
 */

/** Runs a step, and says what came of it. @type {(step: Step) => Promise<Result>} */
async function runStep(step) {
  const started = performance.now();
  const outcomes = await step();
  const name = outcomes[0].step;
  const seconds = (performance.now() - started) / 1000;
  print(`\n== ${name}: ${summaryLine(tally(outcomes))} (${seconds.toFixed(1)} s) ==\n\n`);
  return { outcomes, seconds: { [name]: seconds } };
}

/** Adds results up. @param {Result[]} results @returns {Result} */
function join(results) {
  /** @type {Record<string, number>} */
  const seconds = {};
  for (const result of results)
    for (const [name, value] of Object.entries(result.seconds))
      seconds[name] = (seconds[name] ?? 0) + value;
  return { outcomes: results.flatMap(({ outcomes }) => outcomes), seconds };
}

/**
 * Runs steps in order, and those of a group side by side.
 *
 * @param {(Step | Group)[]} steps
 * @param {number} [atOnce] How many steps of a group run at once; default as many as the machine has room for.
 * @returns {Promise<Result>}
 */
export async function runSteps(steps, atOnce) {
  const results = [];
  for (const step of steps)
    results.push(
      Array.isArray(step)
        ? join(
            await sideBySide(
              step.map((one) => () => runStep(one)),
              atOnce,
            ),
          )
        : await runStep(step),
    );
  return join(results);
}

/**
 * Runs a whole test command. The last line it prints is `N passed, N failed`; the exit code says whether all is well.
 *
 * @param {string} name Under which the counts are left for `sum-up.mjs`.
 * @param {Step[]} foundations What all else stands on: when one of these fails, the rest is not run.
 * @param {(Step | Group)[]} checks
 */
export async function finish(name, foundations, checks) {
  const started = performance.now();
  const results = [await runSteps(foundations)];
  if (tally(results[0].outcomes).failed === 0) results.push(await runSteps(checks));
  else console.log("The rest was not run: it stands on what failed.\n");
  const { outcomes, seconds } = join(results);
  const counts = tally(outcomes);
  const whole = (performance.now() - started) / 1000;
  writeSummary(name, { counts, seconds, whole });
  const unpassed = describeUnpassed(outcomes);
  if (unpassed) console.log(unpassed);
  console.log(describeMinutes(seconds, whole));
  console.log(summaryLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
