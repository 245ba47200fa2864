/** Where things lie in the repository. */
import path from "node:path";

/** The repository's root folder. */
export const root = path.resolve(import.meta.dirname, "../..");

/** The lessons. */
export const notebooksDir = path.join(root, "notebooks");

/** What the tools make; ignored by git. */
export const buildDir = path.join(root, "build");

/** @returns {string} A program of the Python virtual environment, for example `python`. */
export function venvProgram(name) {
  return process.platform === "win32"
    ? path.join(root, ".venv", "Scripts", `${name}.exe`)
    : path.join(root, ".venv", "bin", name);
}

/** @returns {string} A path as a reader of the terminal wants it: relative to the repository. */
export function shown(file) {
  return path.relative(root, file);
}
