/**
 * One cell of an experiment, as one plain command that any scheduler can run:
 *
 *   node tools/experiment/cell.mjs '{"plan":"dirac-gan","settings":{"updates":"alternating","penalty":"none"},"seed":1,"steps":200}' out.json
 *
 * Writes out.json when all is done, beside it first. Checkpoints are kept in the folder `out` until then: the same
 * command goes on from there after a kill. Progress goes to the process that started this one, where there is one.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { environment, ready } from "gan-lib";
import { planCells, planData } from "gan-lib/dist/experiments/cells.js";
import { findPlan } from "./plans.mjs";

/** How often the parent is told of progress, in milliseconds. */
const TELL_EVERY = 200;

/** @throws {Error} saying what is missing, or which values the plan has. */
async function readCell(text) {
  const { plan: name, settings, seed, steps } = JSON.parse(text);
  const plan = await findPlan(name);
  const names = Object.keys(plan.settings);
  const narrowed = Object.fromEntries(
    Object.entries(settings).map(([setting, value]) => [setting, [String(value)]]),
  );
  if (Object.keys(narrowed).length !== names.length)
    throw new Error(`A cell of "${plan.name}" needs one value for each of ${names.join(", ")}.`);
  const cell = planCells(plan, { narrowed, seeds: seed, steps }).at(-1);
  return { plan, cell };
}

/** A parent that is killed takes this process with it; one that is interrupted ends it itself. */
function followParent() {
  process.on("disconnect", () => process.exit(1));
  process.on("SIGINT", () => undefined);
  process.channel.unref();
}

/** @returns {(step: number) => Promise<void>} */
function teller() {
  let next = 0;
  return async (step) => {
    if (process.connected && performance.now() >= next) {
      next = performance.now() + TELL_EVERY;
      process.send({ step });
    }
    await nextTurn();
  };
}

/** @returns {Record<string, number | null>} The plan's figures; null for what JSON cannot say. @throws {Error} when one is missing. */
function checkFigures(plan, measured) {
  return Object.fromEntries(
    Object.keys(plan.figures).map((name) => {
      const value = measured[name];
      if (typeof value !== "number")
        throw new Error(
          `The plan "${plan.name}" gave ${value} for its figure "${name}"; it must be a number.`,
        );
      return [name, Number.isFinite(value) ? value : null];
    }),
  );
}

async function main([text, file]) {
  if (file === undefined)
    throw new Error("Give two arguments: a cell as JSON, and the file for its result.");
  if (process.send) followParent();
  const { plan, cell } = await readCell(text);
  const folder = path.resolve(file.replace(/\.json$/, ""));
  mkdirSync(folder, { recursive: true });
  await ready();
  const measured = await plan.run({ ...cell, folder, onProgress: teller() });
  const { user, system } = process.cpuUsage();
  const result = {
    plan: plan.name,
    version: plan.version,
    ...cell,
    data: planData(plan),
    device: environment().device,
    figures: checkFigures(plan, measured),
    cpuSeconds: (user + system) / 1e6,
  };
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, `${JSON.stringify(result, null, 2)}\n`);
  renameSync(beside, file);
  rmSync(folder, { recursive: true });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
}
