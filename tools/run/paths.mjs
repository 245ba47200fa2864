/** Where the lessons lie, and what the tools make of them. */
import path from "node:path";
import { inRoot, root } from "../setup/paths.mjs";

/** The lessons. */
export const notebooksDir = inRoot("notebooks");

/** What the tools make; ignored by git. */
export const buildDir = inRoot("build");

/** @returns {string} A path as a reader of the terminal wants it: relative to the repository. */
export function shown(file) {
  return path.relative(root, file);
}
