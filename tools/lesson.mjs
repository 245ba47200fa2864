/** `npm run lesson`: runs one lesson without Jupyter's interface, and sums up the figures it reports. See HELP. */
import { parseArgs } from "node:util";
import { findLesson, listLessons } from "./notebooks/lessons.mjs";
import { runChild } from "./run/child.mjs";
import { readCount } from "./run/count.mjs";
import { formatFigures, summarize } from "./run/figures.mjs";
import { PROFILES } from "./run/lesson-run.mjs";
import { notebooksDir } from "./run/paths.mjs";
import { runLesson } from "./run/run-lesson.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm run lesson -- <lesson> [options]

Runs a lesson (a number or a name, for example 11) from its first cell to its last. Leaves the executed notebook and a
self-contained page in build/lessons/, and prints the figures the lesson reports.

  --profile <name>   ${Object.entries(PROFILES)
    .map(([name, use]) => `${name} (${use})`)
    .join(", ")}; default: standard
  --seeds <n>        run it with the seeds 1 to n, and give mean and spread of each figure; default: 1
  --keep             add the figures to results/lessons/, and make results/README.md anew
  --calibrate        run it with several seeds (default: 5) and settings of the processor's library, keep what came out
                     in results/calibration/, and say how far each limit stands from the nearest run; a run that is
                     kept is not made again
  --help             this text`;

/** @throws {Error} saying what was given and what is wanted. */
function parse() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: "string", default: "standard" },
      seeds: { type: "string" },
      keep: { type: "boolean", default: false },
      calibrate: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help) return undefined;
  const { profile, keep, calibrate } = values;
  if (!(profile in PROFILES))
    throw new Error(`--profile is "${profile}"; give one of ${Object.keys(PROFILES).join(", ")}.`);
  if (keep && calibrate)
    throw new Error(
      "--calibrate keeps its own runs: leave out --keep, or use one after the other.",
    );
  if (positionals.length !== 1)
    throw new Error(`Give one lesson, not ${positionals.length}: npm run lesson -- 11`);
  const lesson = findLesson(listLessons(notebooksDir), positionals[0]);
  const seeds = readCount("seeds", values.seeds ?? (calibrate ? "5" : "1"));
  return { lesson, profile, seeds, keep, calibrate };
}

/** What was typed, so that it can be pasted. */
const command = () => `npm run lesson -- ${process.argv.slice(2).join(" ")}`;

/** Prints the figures' table. */
function sayFigures(runs) {
  const reports = runs.map(({ report }) => report);
  const costs = reports.map(
    (report) => report && { figures: { cpuSeconds: report.cpuSeconds, maxRssMB: report.maxRssMB } },
  );
  if (reports.every((report) => report === null)) return;
  console.log(formatFigures({ ...summarize(reports), ...summarize(costs) }));
}

/** Runs the seeds. @returns {Promise<boolean>} Whether all went well. */
async function runSeeds({ lesson, profile, seeds, keep }) {
  // Keeping stands on gan-lib, which set-up builds.
  const keeping = keep ? await import("./run/keep-lesson.mjs") : undefined;
  keeping?.requireKeepable(lesson, profile);
  const runs = [];
  for (let seed = 1; seed <= seeds; seed++) runs.push(await runLesson(lesson, { profile, seed }));
  sayFigures(runs);
  keeping?.keepRuns(lesson, { profile, runs, command: command() });
  const failed = runs.filter(({ ok }) => !ok).length;
  if (failed > 0) console.error(`\n${failed} of ${seeds} runs failed`);
  return failed === 0;
}

async function runCalibration({ lesson, profile, seeds }) {
  const [{ calibrate }, { writeResultsPages }] = await Promise.all([
    import("./run/calibrate.mjs"),
    import("./run/results-page.mjs"),
  ]);
  const holds = await calibrate(lesson, { profile, seeds, command: command() });
  writeResultsPages();
  return holds;
}

async function main() {
  const options = parse();
  if (options === undefined) return console.log(HELP);
  const setup = await runChild([process.execPath, inRoot("tools", "setup.mjs")]);
  if (setup.code !== 0) throw new Error("Set-up failed; see above.");
  const ok = await (options.calibrate ? runCalibration(options) : runSeeds(options));
  if (!ok) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
