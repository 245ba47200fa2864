/** All of set-up: which steps there are, what runs beside what, and what is said at the end. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { binding } from "./binding.mjs";
import { canvas } from "./canvas.mjs";
import { chosenDevice } from "./device.mjs";
import { duration, size } from "./format.mjs";
import { writeKernelspec } from "./kernelspec.mjs";
import { writeLabSettings } from "./lab-settings.mjs";
import { library } from "./library.mjs";
import { withLock } from "./lock.mjs";
import { nodeModules } from "./node-modules.mjs";
import { logFile, setupFolder } from "./paths.mjs";
import { checkNode, ensureNeeds } from "./prerequisites.mjs";
import { createProgress } from "./progress.mjs";
import { receivedBytes } from "./received.mjs";
import { holds, perform } from "./step.mjs";
import { thisSystem, whyNoNative } from "./system.mjs";
import { tensorflow } from "./tensorflow.mjs";
import { venv, venvTests } from "./venv.mjs";

/**
 * @typedef {import("./step.mjs").Step} Step
 * @typedef {import("./progress.mjs").Progress} Progress
 * @typedef {object} Plan
 * @property {import("./system.mjs").System} system
 * @property {string | undefined} noNative why the native backend is left out, where it is
 * @property {Step[][]} lanes steps that need nothing of the other lane's
 * @property {Step[]} joined steps that need both lanes
 */

/**
 * Sets everything up.
 * @param {{ gpu?: boolean | undefined, cpu?: boolean | undefined, tests?: boolean | undefined }} [options]
 *   gpu, cpu: which TensorFlow library, from now on; tests: also what only the tests need
 * @returns {Promise<void>}
 * @throws {import("./run.mjs").SetupError} when something is missing or fails: what, and what to do
 */
export async function setup({ gpu, cpu, tests } = {}) {
  checkNode();
  const progress = createProgress();
  const plan = makePlan(await chosenDevice({ gpu, cpu }), tests === true);
  const steps = [...plan.lanes.flat(), ...plan.joined];
  const action = async () => {
    const held = await Promise.all(steps.map((step) => holds(step, setupFolder)));
    if (held.includes(false)) await work(plan, progress);
    await writeKernelspec();
    await writeLabSettings();
  };
  await withLock(join(setupFolder, "lock"), action, progress.say);
}

/** @returns {Plan} */
function makePlan(
  /** @type {import("./tensorflow.mjs").Device} */ device,
  /** @type {boolean} */ tests,
) {
  const system = thisSystem();
  const noNative = whyNoNative(system);
  const python = [venv, ...(tests ? [venvTests] : [])];
  return {
    system,
    noNative,
    lanes: [
      [nodeModules, canvas(system), library],
      noNative ? python : [...python, tensorflow(device)],
    ],
    joined: noNative ? [] : [binding(device)],
  };
}

/** Does the steps, lane beside lane, and says how long it took and how much came over the network. */
async function work(
  /** @type {Plan} */ { system, noNative, lanes, joined },
  /** @type {Progress} */ progress,
) {
  const start = Date.now();
  const before = await receivedBytes();
  await rm(logFile, { force: true });
  progress.say(`Setting up on ${system.label}, Node ${process.version}`);
  if (noNative) progress.say(`  without the native TensorFlow backend: ${noNative}`);
  const installed = await ensureNeeds(
    noNative ? ["python", "venv"] : ["python", "venv", "compiler", "make"],
    system,
  );
  if (installed.length > 0)
    progress.say(`✓ system packages installed for: ${installed.join(", ")}`);
  await allOrFirstFailure(lanes.map((lane) => inOrder(lane, progress)));
  await inOrder(joined, progress);
  const after = await receivedBytes();
  const received =
    before === undefined || after === undefined ? "an unknown amount" : size(after - before);
  progress.say(
    `Set up in ${duration(Date.now() - start)}; ${received} received over the network (by all programs).`,
  );
}

/** @returns {Promise<void>} */
async function inOrder(/** @type {Step[]} */ steps, /** @type {Progress} */ progress) {
  for (const step of steps) await perform(step, setupFolder, progress);
}

/** Waits for all lanes, also when one fails: what another has nearly downloaded is not thrown away. */
async function allOrFirstFailure(/** @type {Promise<void>[]} */ lanes) {
  const results = await Promise.allSettled(lanes);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
