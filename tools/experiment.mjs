/** `npm run experiment`: runs a plan of lib/plans over its settings and seeds. See HELP. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { describeMachine, describeVersions } from "./run/machine.mjs";
import { buildDir, shown } from "./run/paths.mjs";
import { fromUser } from "./run/user-paths.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm run experiment -- <plan> [options]

Runs every cell of a plan (a row of its settings with one seed) as a process of its own; cells that are finished are not
run again, and one that was killed goes on from its checkpoint. Several of these commands may run at once: they share the
cells. Leaves table.parquet and chart.png in build/experiments/<plan>/, and prints mean and standard error of each figure.

  --<setting> <a,b>  only these values of one of the plan's settings
  --seeds <n>        the seeds 1 to n; default: the plan's
  --steps <n>        training steps of each cell; default: the plan's
  --jobs <n>         how many cells run at once; they share the cores; default: 2
  --timeout <min>    a cell without a step for so many minutes is ended; default: the plan's, or 30
  --keep             add the rows to results/experiments/<plan>.json, which lessons show, and make
                     results/README.md anew
  --folder <path>    where all of this goes; default: build/experiments
  --list             run nothing; print a line of JSON for each cell: the cell, and the file for its result
  --help             this text, and the plans

A plan may also be a JavaScript file that exports \`plan\`. One cell as a plain command, for a scheduler of your own:
  node tools/experiment/cell.mjs '{"plan":"dirac-gan","settings":{"updates":"alternating","penalty":"none"},"seed":1,"steps":200}' out.json`;

/** What a command that was stopped by a signal exits with: 128 and the signal's number, as shells have it. */
const STOPPED = { SIGINT: 130, SIGTERM: 143 };

/** @returns {string} What was typed, so that it can be pasted. */
function commandOf(args) {
  const quoted = args.map((arg) =>
    /^[\w./,=:@+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`,
  );
  return `npm run experiment -- ${quoted.join(" ")}`;
}

/** @returns {AbortSignal} One that is aborted by the first Ctrl-C or SIGTERM; the second ends this process at once. */
function stopSignal() {
  const controller = new AbortController();
  for (const signal of Object.keys(STOPPED)) {
    process.once(signal, () => {
      process.exitCode = STOPPED[signal];
      controller.abort();
    });
  }
  return controller.signal;
}

/** Runs the chosen cells, and says what came out. */
async function runExperiment(plan, { options, planName, command, folder }) {
  const [{ keepResults, runPlan }, { sayFailures, sayResults }, { writeResultsPages }] =
    await Promise.all([
      import("gan-lib/experiments"),
      import("./experiment/say.mjs"),
      import("./run/results-page.mjs"),
    ]);
  const signal = stopSignal();
  const cellCommand = [process.execPath, inRoot("tools", "experiment", "cell.mjs")];
  const outcome = await runPlan(plan, {
    ...options,
    planName,
    folder,
    command: cellCommand,
    signal,
  });
  const { results, chosen, failed } = outcome;
  if (signal.aborted)
    return console.log(
      `\nStopped with ${results.length} of ${chosen} cells done. To go on: ${command}`,
    );
  const origin = { command, machine: describeMachine(), versions: describeVersions() };
  const kept = options.keep && results.length > 0 ? keepResults(plan, results, origin) : undefined;
  if (results.length > 0) await sayResults(plan, outcome, folder);
  if (kept !== undefined)
    for (const file of [shown(kept), ...writeResultsPages()]) console.log(file);
  if (failed.length > 0) {
    sayFailures(failed);
    process.exitCode = 1;
  }
}

async function main(args) {
  const [planName, ...rest] = args;
  // All of these stand on gan-lib, which set-up builds.
  const [{ loadPlan, plans }, { planTasks }, { readOptions }] = await Promise.all([
    import("gan-lib/plans"),
    import("gan-lib/experiments"),
    import("./experiment/options.mjs"),
  ]);
  const list = plans.map(({ name, description }) => `  ${name}: ${description}`).join("\n");
  if (args.includes("--help")) return console.log(`${HELP}\n\nPlans:\n${list}`);
  if (planName === undefined || planName.startsWith("-"))
    throw new Error(`Give a plan first: npm run experiment -- <plan> [options]. Plans:\n${list}`);
  const given = /[\\/.]/.test(planName) ? fromUser(planName) : planName;
  const plan = await loadPlan(given);
  const options = readOptions(plan, rest);
  const base =
    options.folder === undefined ? path.join(buildDir, "experiments") : fromUser(options.folder);
  const folder = path.join(base, plan.name);
  if (!options.list)
    return runExperiment(plan, { options, planName: given, command: commandOf(args), folder });
  const tasks = planTasks(plan, { choice: options.choice, planName: given, folder });
  for (const { json, file } of tasks) console.log(`{"cell":${json},"out":${JSON.stringify(file)}}`);
}

try {
  // What set-up says goes to standard error: standard output is the experiment's alone, as `--list` needs it.
  const setup = spawnSync(process.execPath, [inRoot("tools", "setup.mjs")], { stdio: [0, 2, 2] });
  if (setup.status !== 0) throw new Error("Set-up failed; see above.");
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
