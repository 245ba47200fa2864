/** The timers that cells set: waited for a little at a cell's end, and cleared by an interrupt. */
import { createHook } from "node:async_hooks";

/** After so many timers of one execution, those that have run are forgotten. */
const pruneEvery = 1000;

/**
 * @typedef {NodeJS.Timeout & { _idleTimeout: number, _repeat: number | null, _destroyed: boolean }} Handle Node's timer
 *   object, with what Node keeps in it for itself.
 */

/**
 * @typedef {object} Timer
 * @property {Handle} handle Node's timer object, of setTimeout, setInterval or node:timers/promises.
 * @property {number} due When it runs for the first time, by performance.now().
 */

/** @param {Handle} handle */
const isInterval = ({ _repeat: repeat }) => repeat !== null;

/**
 * Keeps each execution's set of timers, by whatever function they were set.
 *
 * @param {import("./executions.mjs").Executions} executions
 */
export function watchTimers(executions) {
  createHook({
    init(_id, type, _trigger, resource) {
      const { owner } = executions;
      if (type !== "Timeout" || owner === undefined) return;
      const handle = /** @type {Handle} */ (resource);
      if (owner.over && executions.isInterrupted(owner)) {
        // Node has not listed it yet: it can be cleared only after the call that makes it.
        queueMicrotask(() => clearTimeout(handle));
        return;
      }
      if (owner.timers.size % pruneEvery === pruneEvery - 1) forgetFinished(owner.timers);
      owner.timers.add({ handle, due: performance.now() + handle._idleTimeout });
    },
  }).enable();
}

/**
 * The timers of an execution that have not run yet and keep a process alive.
 *
 * @param {import("./executions.mjs").Execution} execution
 * @returns {Timer[]}
 */
export function pendingTimers({ timers }) {
  forgetFinished(timers);
  const now = performance.now();
  return [...timers].filter(
    ({ handle, due }) => handle.hasRef() && (!isInterval(handle) || due > now),
  );
}

/**
 * Clears an execution's intervals. Its one-shot timers stay: a loop may be asleep in one, and must wake to end.
 *
 * @param {import("./executions.mjs").Execution} execution
 */
export function clearIntervals({ timers }) {
  for (const { handle } of timers) if (isInterval(handle)) clearInterval(handle);
  forgetFinished(timers);
}

/** @param {Set<Timer>} timers */
function forgetFinished(timers) {
  for (const timer of timers) if (timer.handle._destroyed) timers.delete(timer);
}
