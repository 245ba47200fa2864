/** `npm run experiment`: runs a plan of lib/experiments/plans over its settings and seeds. See HELP. */
import path from "node:path";
import { runChild } from "./run/child.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm run experiment -- <plan> [options]

Runs every cell of a plan (a row of its settings with one seed) as a process of its own; cells that are finished are not
run again, and one that was killed goes on from its checkpoint. Leaves table.parquet and chart.png in
build/experiments/<plan>/, and prints mean and standard error of each figure.

  --<setting> <a,b>  only these values of one of the plan's settings
  --seeds <n>        the seeds 1 to n; default: the plan's
  --steps <n>        training steps of each cell; default: the plan's
  --jobs <n>         how many cells run at once; they share the cores; default: 2
  --keep             add the rows to results/experiments/<plan>.json, which lessons show, and make
                     results/README.md anew
  --folder <path>    where all of this goes; default: build/experiments
  --help             this text, and the plans

A plan may also be a JavaScript file that exports \`plan\`. One cell as a plain command, for a scheduler of your own:
  node tools/experiment/cell.mjs '{"plan":"dirac-gan","settings":{"updates":"alternating","penalty":"none"},"seed":1,"steps":200}' out.json`;

/** What a run that was stopped by a signal exits with: 128 and the signal's number, as shells have it. */
const STOPPED = { SIGINT: 130, SIGTERM: 143 };

/** @returns {string} What was typed, so that it can be pasted. */
function commandOf(args) {
  const quoted = args.map((arg) =>
    /^[\w./,=:@+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`,
  );
  return `npm run experiment -- ${quoted.join(" ")}`;
}

/** @returns {AbortController} One that is aborted by the first Ctrl-C or SIGTERM; the second ends this process at once. */
function stopper() {
  const controller = new AbortController();
  for (const signal of Object.keys(STOPPED)) {
    process.once(signal, () => {
      process.exitCode = STOPPED[signal];
      controller.abort();
    });
  }
  return controller;
}

async function main(args) {
  const [planName, ...rest] = args;
  // Both stand on gan-lib, which set-up builds.
  const [{ findPlan }, { readOptions }, { runExperiment }, { plans }] = await Promise.all([
    import("./experiment/plans.mjs"),
    import("./experiment/options.mjs"),
    import("./experiment/run.mjs"),
    import("gan-lib"),
  ]);
  const list = plans.map(({ name, description }) => `  ${name}: ${description}`).join("\n");
  if (args.includes("--help")) return console.log(`${HELP}\n\nPlans:\n${list}`);
  if (planName === undefined || planName.startsWith("-"))
    throw new Error(`Give a plan first: npm run experiment -- <plan> [options]. Plans:\n${list}`);
  const plan = await findPlan(planName);
  const options = readOptions(plan, rest);
  const given = /[\\/.]/.test(planName) ? path.resolve(planName) : planName;
  const outcome = await runExperiment(plan, {
    planName: given,
    command: commandOf(args),
    options,
    signal: stopper().signal,
  });
  if (options.keep) {
    const { writeResultsPages } = await import("./run/results-page.mjs");
    for (const page of writeResultsPages()) console.log(page);
  }
  if (outcome === "failed") process.exitCode = 1;
}

try {
  const setup = await runChild([process.execPath, inRoot("tools", "setup.mjs")]);
  if (setup.code !== 0) throw new Error("Set-up failed; see above.");
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
