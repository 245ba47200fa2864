/** All of set-up: which steps there are, what runs beside what, and what is said at the end. */
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
import { setupFolder } from "./paths.mjs";
import { checkNode, ensureNeeds } from "./prerequisites.mjs";
import { createProgress } from "./progress.mjs";
import { receivedBytes } from "./received.mjs";
import { holds, perform } from "./step.mjs";
import { thisSystem, whyNoNative } from "./system.mjs";
import { tensorflow } from "./tensorflow.mjs";
import { venv, venvTests } from "./venv.mjs";

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
  const system = thisSystem();
  const noNative = whyNoNative(system);
  const device = await chosenDevice({ gpu, cpu });
  /** Two lanes that need nothing of each other, and what needs both. @type {import("./step.mjs").Step[][]} */
  const lanes = [
    [nodeModules, canvas(system), library],
    [venv, ...(tests ? [venvTests] : []), ...(noNative ? [] : [tensorflow(device)])],
  ];
  const joined = noNative ? [] : [binding(device)];
  await withLock(
    join(setupFolder, "lock"),
    async () => {
      const steps = [...lanes.flat(), ...joined];
      const waiting = (await Promise.all(steps.map((step) => holds(step, setupFolder)))).includes(false);
      if (waiting) await work({ lanes, joined, system, noNative, progress });
      await writeKernelspec();
      await writeLabSettings();
    },
    progress.say,
  );
}

/** Does the steps, lane beside lane, and says how long it took and how much came over the network. */
async function work(
  /** @type {{ lanes: import("./step.mjs").Step[][], joined: import("./step.mjs").Step[], system: import("./system.mjs").System, noNative: string | undefined, progress: import("./progress.mjs").Progress }} */
  { lanes, joined, system, noNative, progress },
) {
  const start = Date.now();
  const before = await receivedBytes();
  progress.say(`Setting up on ${system.label}, Node ${process.version}`);
  if (noNative) progress.say(`  without the native TensorFlow backend: ${noNative}`);
  const installed = await ensureNeeds(["python", "venv", ...(noNative ? [] : /** @type {const} */ (["compiler", "make"]))], system);
  if (installed.length > 0) progress.say(`✓ system packages installed for: ${installed.join(", ")}`);
  await allOrFirstFailure(lanes.map((lane) => () => inOrder(lane, progress)));
  await inOrder(joined, progress);
  const after = await receivedBytes();
  const received = before === undefined || after === undefined ? "an unknown amount" : size(after - before);
  progress.say(`Set up in ${duration(Date.now() - start)}; ${received} received over the network.`);
}

/** @returns {Promise<void>} */
async function inOrder(/** @type {import("./step.mjs").Step[]} */ steps, /** @type {import("./progress.mjs").Progress} */ progress) {
  for (const step of steps) await perform(step, setupFolder, progress);
}

/** Waits for all lanes, also when one fails: what another has nearly downloaded is not thrown away. */
async function allOrFirstFailure(/** @type {(() => Promise<void>)[]} */ lanes) {
  const results = await Promise.allSettled(lanes.map((lane) => lane()));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
