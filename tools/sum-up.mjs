/**
 * Adds several test runs up in two lines: where the minutes went, and `N passed, N failed`. Usage:
 * node tools/sum-up.mjs --clear, the runs, node tools/sum-up.mjs test browser
 */
import { parseArgs } from "node:util";
import { describeMinutes } from "./run/minutes.mjs";
import { addCounts, summaryLine } from "./run/outcomes.mjs";
import { clearSummaries, readSummary } from "./run/summary.mjs";

/** Prints the sum of the runs of those names. @param {string[]} names */
function sumUp(names) {
  const runs = names.map((name) => ({ name, ...readSummary(name) }));
  const counts = addCounts(runs.map((run) => run.counts));
  const seconds = Object.fromEntries(
    runs.flatMap(({ name, seconds }) =>
      Object.entries(seconds).map(([step, value]) => [`${step} (${name})`, value]),
    ),
  );
  console.log(
    describeMinutes(
      seconds,
      runs.reduce((total, { whole }) => total + whole, 0),
    ),
  );
  console.log(summaryLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { clear: { type: "boolean" } },
});
if (values.clear) clearSummaries();
else sumUp(positionals);
