/** `npm run test:faults`: what must hold when things go wrong, tried at length. See HELP. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { finish } from "./run/finish.mjs";
import { commandStep, nodeTests, pytest } from "./run/step.mjs";
import { inRoot } from "./setup/paths.mjs";

/** Of test_fuzz.py; beside the other faults, 5,000 would take a quarter of an hour. */
const FUZZ_CELLS = 1500;

const HELP = `npm run test:faults [-- part …]

Kills processes while they save or download, lets several share a folder, serves downloads from hostile mirrors, changes
files, damages pictures, fills disks, stops every plan in the middle of a cell (test/faults/*.faults.*), and sends
${FUZZ_CELLS} hostile cells to a kernel (test/kernel/test_fuzz.py). Takes at most ten minutes. A small part of it is in
\`npm test\`. RELIABILITY.md has the figures.

With parts (of files' names, for example checkpoints or fuzz): only those.`;

const FUZZ = inRoot("test", "kernel", "test_fuzz.py");

/** Where a file of faults runs from: TypeScript from what the set-up built. */
function runnable(/** @type {string} */ file) {
  return file.endsWith(".ts")
    ? inRoot("build", "test", "faults", file.replace(/ts$/, "js"))
    : inRoot("test", "faults", file);
}

/** @returns {{ file: string, step: import("./run/finish.mjs").Step }[]} */
function allSteps() {
  const files = readdirSync(inRoot("test", "faults")).filter((file) =>
    /\.faults\.(mjs|ts)$/.test(file),
  );
  const environment = { GAN_FUZZ_CELLS: String(FUZZ_CELLS) };
  const ofNode = files.map((file) => ({
    file,
    step: () => nodeTests("faults", path.parse(file).name, [runnable(file)]),
  }));
  const fuzz = () => pytest({ step: "faults", name: "fuzz.faults", args: [FUZZ], environment });
  return [...ofNode, { file: "test_fuzz.py", step: fuzz }];
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP);
  const isWanted = (/** @type {string} */ file) =>
    positionals.length === 0 || positionals.some((part) => file.includes(part));
  const steps = allSteps().filter(({ file }) => isWanted(file));
  if (steps.length === 0)
    throw new Error(`No file of faults is named so: ${positionals.join(", ")}.`);
  const setUp = [process.execPath, "tools/setup.mjs", "--tests"];
  const foundations = [() => commandStep("set-up", "tools/setup.mjs --tests", setUp)];
  await finish("faults", foundations, [steps.map(({ step }) => step)]);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
