/** Which TensorFlow library is linked: the CPU's, or by choice the GPU's. The choice is kept until another is made. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeIfDifferent } from "./files.mjs";
import { setupFolder } from "./paths.mjs";

const choiceFile = join(setupFolder, "device");

/**
 * The device to set up for.
 * @param {{ cpu?: boolean | undefined, gpu?: boolean | undefined }} asked from the command line; a choice is written down
 * @param {string} [file] where choices are kept
 * @returns {Promise<import("./tensorflow.mjs").Device>} what is asked for now, else what was last, else the CPU
 */
export async function chosenDevice({ cpu, gpu }, file = choiceFile) {
  if (gpu === true || cpu === true) await writeIfDifferent(file, gpu === true ? "gpu" : "cpu");
  return (await readFile(file, "utf8").catch(() => "cpu")) === "gpu" ? "gpu" : "cpu";
}
