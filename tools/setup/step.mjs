/** One step of set-up: done when it is needed, and only then. */
import { join } from "node:path";
import { removeStamp, stampHolds, writeStamp } from "./stamp.mjs";

/**
 * @typedef {object} Step
 * @property {string} name the name of its stamp
 * @property {string} title what a person reads
 * @property {() => Promise<unknown>} inputs everything the outcome depends on, as a value that JSON can hold
 * @property {string[]} outputs files whose size and time tell whether the outcome is still there
 * @property {() => Promise<boolean>} [works] asked when the stamp does not fit: is the outcome right all the same?
 * @property {() => Promise<void>} run does it, from whatever an earlier attempt may have left
 */

/**
 * Whether a step's stamp fits: quick, nothing is started.
 * @param {Step} step
 * @param {string} stamps the folder of the stamps
 * @returns {Promise<boolean>}
 */
export async function holds(step, stamps) {
  return stampHolds(join(stamps, `${step.name}.json`), await step.inputs(), step.outputs);
}

/**
 * Does a step if it is needed.
 * @param {Step} step
 * @param {string} stamps the folder of the stamps
 * @param {import("./progress.mjs").Progress} progress
 * @returns {Promise<"held" | "checked" | "done">} held: the stamp fitted; checked: the outcome was right without one
 * @throws whatever the step throws; its stamp is then gone
 */
export async function perform(step, stamps, progress) {
  if (await holds(step, stamps)) return "held";
  const stamp = join(stamps, `${step.name}.json`);
  await removeStamp(stamp);
  const finish = progress.begin(step.title);
  try {
    const outcome = (await step.works?.()) === true ? "checked" : "done";
    if (outcome === "done") await step.run();
    await writeStamp(stamp, await step.inputs(), step.outputs);
    finish(outcome);
    return outcome;
  } catch (error) {
    finish("failed");
    throw error;
  }
}
