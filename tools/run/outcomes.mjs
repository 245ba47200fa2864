/** What came of the checks, and the one line that sums it up. */

/**
 * @typedef {object} Outcome
 * @property {string} step The step of the run, for example `unit tests`.
 * @property {string} name The check's own name.
 * @property {"passed" | "failed" | "skipped"} status
 * @property {string} message Why it failed or was skipped; empty where it passed.
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {Outcome[]} outcomes @returns {Counts} */
export function tally(outcomes) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}

/** @param {Counts[]} all @returns {Counts} */
export function addCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** @param {Counts} counts @returns {string} `N passed, N failed`, and how many were skipped where some were. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @param {Outcome[]} outcomes @returns {string} Each outcome that did not pass, by name, with its message indented below. */
export function describeUnpassed(outcomes) {
  const shown = outcomes.filter(({ status }) => status !== "passed");
  return shown
    .map(
      ({ step, name, status, message }) =>
        `${status.toUpperCase()} ${step}: ${name}\n${message.replace(/^/gm, "    ")}\n`,
    )
    .join("\n");
}
