/** `npm run bench`: gan-lib's speed, beside plain tf.js and, where asked for, PyTorch and TensorFlow. See HELP. */
import os from "node:os";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { agreement, relativeDistance } from "./agreement.mjs";
import { HELP, parseBench } from "./arguments.mjs";
import { ratioChart } from "./chart.mjs";
import { Contender } from "./contender.mjs";
import { commonFolder, contendersWith } from "./contenders.mjs";
import { installPeers } from "./environment.mjs";
import { stepFlops } from "./flops.mjs";
import { goalsOf, reasonOf } from "./goals.mjs";
import { recordsOf } from "./records.mjs";
import { goalsTable, limitLine, workloadTable } from "./report.mjs";
import { measure } from "./rounds.mjs";
import { summary } from "./statistics.mjs";
import { PACK_SIZE, SAMPLES, workloads } from "./workloads.mjs";
import { describeMachine, describeVersions } from "../tools/run/machine.mjs";
import { runCommand } from "../tools/setup/command.mjs";
import { inRoot } from "../tools/setup/paths.mjs";
import { run } from "../tools/setup/run.mjs";

/** The largest relative distance of a gradient from PyTorch's. */
const GRADIENT_TOLERANCE = 1e-4;
const resultsFolder = inRoot("build", "bench");

/** Writes the weights, samples and first random numbers that all sides start from. */
async function exportCommon(names) {
  await run(process.execPath, [inRoot("bench", "node", "export.mjs"), commonFolder, ...names], {
    log: `${resultsFolder}/export.log`,
  });
}

/** Measures one workload, with the rate of products beside it in every round. */
async function benchWorkload(workload, contenders, rounds) {
  const rates = [];
  let layers;
  const commands = Object.fromEntries(
    Object.entries(contenders).map(([name, { command }]) => [
      name,
      command(workload, commonFolder),
    ]),
  );
  const measured = await measure(commands, rounds, async (contender, name) => {
    if (name !== "gan-compiled") return;
    rates.push((await contender.ask({ do: "matmul" })).gflops);
    layers ??= await contender.ask({ do: "layers" });
  });
  const { batch } = workloads[workload];
  const flops =
    layers && stepFlops(workload, layers, { batch, packSize: PACK_SIZE, samples: SAMPLES });
  const gflops = rates.length > 0 ? summary(rates).median : undefined;
  const limit = flops && gflops && { flops, gflops, seconds: flops / (gflops * 1e9) };
  return { records: recordsOf(workload, measured), limit, ...agreement(measured) };
}

function printWorkload({ records, limit, compared, worst, disagree }, titles) {
  console.log(workloadTable(records, titles));
  if (limit) console.log(limitLine(limit, records));
  if (disagree.length > 0) console.log(`NOT THE SAME:\n  ${disagree.join("\n  ")}`);
  else if (compared > 0) console.log(`All sides' first steps agree, to ${worst.toExponential(1)}.`);
}

/** The load average of the last minute; says so where other programs would be measured with ours. */
function busyness() {
  const [load] = os.loadavg();
  const cores = os.availableParallelism();
  if (load > cores / 2)
    console.warn(
      `This machine is busy (load ${load.toFixed(1)} on ${cores} cores): figures taken now say little. Run it again on a quiet one.`,
    );
  return load;
}

/** @param {ReturnType<typeof parseBench>} options */
async function bench({ peers, before, workloads: names, rounds }) {
  if (before !== undefined) process.env.GAN_BENCH_BEFORE = before; // for its contender
  const contenders = contendersWith(before === undefined ? peers : [...peers, "before"]);
  const titles = Object.fromEntries(
    Object.entries(contenders).map(([name, { title }]) => [name, title]),
  );
  const loadBefore = busyness();
  await exportCommon(names);
  const results = {};
  for (const workload of names) {
    console.log(
      `\n${workloads[workload].title}: ${Object.keys(contenders).length} contenders, ${rounds} rounds …`,
    );
    results[workload] = await benchWorkload(workload, contenders, rounds);
    printWorkload(results[workload], titles);
  }
  const records = names.flatMap((workload) => results[workload].records);
  const limits = Object.fromEntries(names.map((workload) => [workload, results[workload].limit]));
  const goals = names.flatMap((workload) => goalsOf(workload, results[workload].records));
  const reasons = Object.fromEntries(
    names.map((workload) => [
      workload,
      reasonOf(workload, results[workload].records, limits[workload]?.seconds),
    ]),
  );
  console.log(`\n${goalsTable(goals, titles, reasons)}`);
  await writeResults(
    {
      rounds,
      loadBefore,
      machine: describeMachine(),
      versions: describeVersions(),
      limits,
      goals,
      records,
    },
    titles,
  );
  if (names.some((workload) => results[workload].disagree.length > 0)) process.exitCode = 1;
}

async function writeResults(results, titles) {
  writeFileSync(`${resultsFolder}/results.json`, `${JSON.stringify(results, null, 1)}\n`);
  const { renderVega } = await import("gan-lib");
  writeFileSync(
    `${resultsFolder}/ratios.png`,
    await renderVega(ratioChart(results.records, titles)),
  );
  console.log("\nbuild/bench/results.json, build/bench/ratios.png");
}

/** The gradients of one loss, on both sides. */
async function compareGradients(name, contenders) {
  const ask = async (side) => {
    const contender = await Contender.start(side, contenders[side].command(name, commonFolder));
    try {
      return floats((await contender.ask({ do: "gradients" })).file);
    } finally {
      await contender.end();
    }
  };
  const distance = relativeDistance(await ask("gan-eager"), await ask("pytorch"));
  const agrees = distance <= GRADIENT_TOLERANCE;
  console.log(
    `${name}: relative distance ${distance.toExponential(1)} from PyTorch's${agrees ? "" : `, MORE THAN ${GRADIENT_TOLERANCE}`}`,
  );
  if (!agrees) process.exitCode = 1;
}

function floats(file) {
  const bytes = readFileSync(file);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  );
}

async function gradients({ peers }) {
  const names = ["critic", "unrolled"];
  await exportCommon(names);
  console.log(
    "Parameter gradients of a WGAN-GP critic, and of a generator through three unrolled steps of a discriminator:",
  );
  for (const name of names) await compareGradients(name, contendersWith(peers));
}

await runCommand(async () => {
  const options = parseBench(process.argv.slice(2));
  if (options.help) return console.log(HELP);
  mkdirSync(resultsFolder, { recursive: true });
  await installPeers(options.peers);
  await (options.gradients ? gradients(options) : bench(options));
});
