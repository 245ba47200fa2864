/**
 * Adds several test runs up in one line. Usage: node tools/sum-up.mjs --clear, the runs, node tools/sum-up.mjs test browser
 */
import { parseArgs } from "node:util";
import { summaryLine } from "./run/outcomes.mjs";
import { clearSummaries, readSummary } from "./run/summary.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { clear: { type: "boolean" } },
});
if (values.clear) {
  clearSummaries();
} else {
  const all = positionals.map(readSummary);
  const sum = (status) => all.reduce((total, counts) => total + counts[status], 0);
  const counts = { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
  console.log(summaryLine(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
