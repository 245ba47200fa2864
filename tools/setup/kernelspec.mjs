/** The kernelspec `tslab`: how Jupyter starts the TypeScript kernel. It holds absolute paths, so it is compared each time. */
import { readFile } from "node:fs/promises";
import { writeIfDifferent } from "./files.mjs";
import { inRoot } from "./paths.mjs";

/** Where the virtual environment's Jupyter looks for it. */
export const kernelspecFile = inRoot(
  ".venv",
  "share",
  "jupyter",
  "kernels",
  "tslab",
  "kernel.json",
);

/**
 * What the kernelspec has to hold for this Node and this place.
 * @param {string} [node] absolute path of Node
 * @param {string} [launcher] absolute path of the launcher
 * @returns {object}
 */
export function kernelspec(node = process.execPath, launcher = inRoot("kernel", "launcher.mjs")) {
  return {
    argv: [node, launcher, "--config-path={connection_file}"],
    display_name: "TypeScript (tslab)",
    language: "typescript",
    interrupt_mode: "message",
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
    metadata: { debugger: false },
  };
}

/**
 * @param {string} [file]
 * @returns {Promise<boolean>} whether the kernelspec is the one wanted here and now
 */
export async function kernelspecFits(file = kernelspecFile) {
  return (await readFile(file, "utf8").catch(() => "")) === kernelspecText();
}

/**
 * Writes the kernelspec if another one or none is there.
 * @param {string} [file]
 * @returns {Promise<boolean>} whether it was written
 */
export async function writeKernelspec(file = kernelspecFile) {
  return writeIfDifferent(file, kernelspecText());
}

const kernelspecText = () => `${JSON.stringify(kernelspec(), null, 2)}\n`;
