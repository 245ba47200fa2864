/** Paths as the person who typed a command means them. */
import path from "node:path";
import { root } from "../setup/paths.mjs";

/**
 * A path on the command line, absolute. npm runs a script in the repository's root, wherever the person stands; that place is
 * in INIT_CWD.
 * @param {string} file
 * @returns {string}
 */
export function fromUser(file, { cwd = process.cwd(), stood = process.env.INIT_CWD } = {}) {
  return path.resolve(cwd === root && stood !== undefined ? stood : cwd, file);
}
