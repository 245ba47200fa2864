/** Runs steps to the end, and sums up what came of them. */
import { holdBack, print } from "./output.mjs";
import { describeUnpassed, summaryLine, tally } from "./outcomes.mjs";
import { writeSummary } from "./summary.mjs";

/**
 * @typedef {() => Promise<import("./outcomes.mjs").Outcome[]>} Step
 * @typedef {Step[][]} Lanes Lists of steps; the lists run side by side, each in its order.
 */

/** Runs a step, and says what came of it. @type {(step: Step) => ReturnType<Step>} */
async function runStep(step) {
  const started = performance.now();
  const found = await step();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(`\n== ${found[0].step}: ${summaryLine(tally(found))} (${seconds} s) ==\n\n`);
  return found;
}

/** Runs lanes side by side; the first prints as it goes, the others when they end. @type {(lanes: Lanes) => ReturnType<Step>} */
async function runLanes([first, ...others]) {
  const outcomes = await Promise.all([
    runSteps(first),
    ...others.map((lane) => holdBack(() => runSteps(lane))),
  ]);
  return outcomes.flat();
}

/** Runs steps in order. @param {(Step | Lanes)[]} steps @returns {ReturnType<Step>} */
export async function runSteps(steps) {
  const outcomes = [];
  for (const step of steps)
    outcomes.push(...(await (Array.isArray(step) ? runLanes(step) : runStep(step))));
  return outcomes;
}

/**
 * Runs a whole test command. The last line it prints is `N passed, N failed`; the exit code says whether all is well.
 *
 * @param {string} name Under which the counts are left for `sum-up.mjs`.
 * @param {Step[]} foundations What all else stands on: when one of these fails, the rest is not run.
 * @param {(Step | Lanes)[]} checks
 */
export async function finish(name, foundations, checks) {
  const outcomes = await runSteps(foundations);
  if (tally(outcomes).failed === 0) outcomes.push(...(await runSteps(checks)));
  else console.log("The rest was not run: it stands on what failed.\n");
  const counts = tally(outcomes);
  writeSummary(name, counts);
  const unpassed = describeUnpassed(outcomes);
  if (unpassed) console.log(unpassed);
  console.log(summaryLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
