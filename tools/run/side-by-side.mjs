/** Runs work that does not need one another side by side, as much at once as the machine has room for. */
import os from "node:os";
import { holdBack } from "./output.mjs";

/** What one lesson may need, with its Python and its kernel. */
const GIGABYTES = 4;

/** @returns {number} How many lessons run at once: one a core, and no more than fit into the memory; at least 1. */
export function roomFor(cores = os.availableParallelism(), bytes = os.totalmem()) {
  return Math.max(1, Math.min(cores, Math.floor(bytes / (GIGABYTES * 2 ** 30))));
}

/**
 * Does all of the work, in order as far as places become free. What each prints is shown in one piece when it ends.
 *
 * @template Result
 * @param {(() => Promise<Result>)[]} work
 * @param {number} [atOnce]
 * @returns {Promise<Result[]>} The results in the order of the work.
 */
export async function sideBySide(work, atOnce = roomFor()) {
  /** @type {Result[]} */
  const results = [];
  const waiting = work.entries();
  const takeOver = async () => {
    for (const [index, one] of waiting) results[index] = await holdBack(one);
  };
  await Promise.all(Array.from({ length: atOnce }, takeOver));
  return results;
}
