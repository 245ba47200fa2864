/** Steps: the virtual environment with the pinned Jupyter tools, and what only the tests need beside them. */
import { rm, stat } from "node:fs/promises";
import { inRoot, root, venvFolder, venvPython } from "./paths.mjs";
import { findPython } from "./prerequisites.mjs";
import { ask, run, SetupError } from "./run.mjs";
import { hashFile } from "./stamp.mjs";

const tools = inRoot("requirements.txt");
const testTools = inRoot("requirements-test.txt");
const advice = "Is the package index reachable? Run this again: it goes on where it stopped.";

/**
 * The tools. The root is one of the inputs, because a virtual environment that is moved is broken: it holds its own path.
 * @type {import("./step.mjs").Step}
 */
export const venv = {
  name: "venv",
  title: "Jupyter tools (.venv)",
  inputs: async () => ({ requirements: await hashFile(tools), root }),
  outputs: [venvPython],
  run: async () => {
    await rm(venvFolder, { recursive: true, force: true });
    const python = findPython();
    if (python === undefined) throw new SetupError("No Python of 3.10 or newer was found.");
    await run(python.command, ["-m", "venv", venvFolder]);
    await install(tools);
    if (!ask(venvPython, ["-m", "jupyterlab", "--version"]).ok)
      throw new SetupError("JupyterLab was installed but does not start.");
  },
};

/**
 * NumPy and SciPy, which the tests compare figures with. A new virtual environment has lost them, so its age is an input.
 * @type {import("./step.mjs").Step}
 */
export const venvTests = {
  name: "venv-tests",
  title: "test tools (.venv)",
  inputs: async () => ({
    requirements: await hashFile(testTools),
    venv: await stat(inRoot(".venv", "pyvenv.cfg")).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  }),
  outputs: [venvPython],
  run: () => install(testTools),
};

/** Installs a lock file: every package in its version and with one of its sums, or nothing. */
function install(/** @type {string} */ file) {
  const options = [
    "--require-hashes",
    "--only-binary",
    ":all:",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar",
    "off",
  ];
  return run(venvPython, ["-m", "pip", "install", ...options, "-r", file], { advice });
}
