/** Runs steps to the end, and sums up what came of them. */
import { describeUnpassed, summaryLine, tally } from "./outcomes.mjs";
import { writeSummary } from "./summary.mjs";

/** @typedef {() => Promise<import("./outcomes.mjs").Outcome[]>} Step */

/** Runs the steps in order, and says what came of each. @returns {Promise<import("./outcomes.mjs").Outcome[]>} */
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

/**
 * Runs a whole test command. The last line it prints is `N passed, N failed`; the exit code says whether all is well.
 *
 * @param {string} name Under which the counts are left for `sum-up.mjs`.
 * @param {Step[]} foundations What all else stands on: when one of these fails, the rest is not run.
 * @param {Step[]} checks
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
