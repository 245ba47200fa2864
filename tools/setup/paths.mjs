/** Where things lie. Everything that set-up makes is inside the repository, so removing the folder removes it all. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder, absolute, without a slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * A path inside the repository.
 * @param {...string} parts folder and file names below the root
 * @returns {string} the absolute path
 */
export const inRoot = (...parts) => join(root, ...parts);

/** The virtual environment that holds the Jupyter tools. */
export const venvFolder = inRoot(".venv");

/** The Python of the virtual environment. */
export const venvPython =
  process.platform === "win32"
    ? join(venvFolder, "Scripts", "python.exe")
    : join(venvFolder, "bin", "python");

/** Where stamps, the log and the lock of set-up lie. */
export const setupFolder = inRoot("build", "setup");

/** What the commands that set-up runs have printed. */
export const logFile = inRoot("build", "setup.log");

/** Where libtensorflow is unpacked: outside node_modules, so that `npm ci` does not throw it away. */
export const nativeFolder = inRoot("build", "native");

/** The package whose binding is built against libtensorflow. */
export const tfjsPackage = inRoot("node_modules", "@tensorflow", "tfjs-node-gpu");
