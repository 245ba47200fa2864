/** `npm run test:faults`: what must hold when things go wrong, tried at full size. See HELP. */
import { existsSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { finish } from "./run/finish.mjs";
import { commandStep, nodeTests, pytest } from "./run/step.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm run test:faults [-- file …]

Kills processes while they save or download, lets several share a folder, serves downloads from hostile mirrors, changes
files, fills disks, and sends hostile cells to the kernel: test/faults/*.faults.mjs (node:test) and test/faults/*_faults.py
(pytest). Takes at most ten minutes. A small part of it is in \`npm test\`. RELIABILITY.md has the figures.

With files (parts of their names, for example checkpoints): only those.`;

const folder = inRoot("test", "faults");

/** @param {string} ending @param {string[]} wanted @returns {string[]} */
function filesNamed(ending, wanted) {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(ending))
    : [];
  const isWanted = (/** @type {string} */ name) =>
    wanted.length === 0 || wanted.some((part) => name.includes(part));
  return names.filter(isWanted).map((name) => inRoot("test", "faults", name));
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP);
  const [node, python] = [".faults.mjs", "_faults.py"].map((end) => filesNamed(end, positionals));
  const setUp = [process.execPath, "tools/setup.mjs", "--tests"];
  const steps = [
    ...(node.length > 0 ? [() => nodeTests("faults", "faults", node)] : []),
    ...(python.length > 0
      ? [() => pytest({ step: "faults of the kernel", name: "kernel-faults", args: python })]
      : []),
  ];
  if (steps.length === 0)
    throw new Error(`No file of faults is named so: ${positionals.join(", ")}.`);
  await finish("faults", [() => commandStep("set-up", "tools/setup.mjs --tests", setUp)], steps);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
