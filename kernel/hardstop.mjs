/** A hard stop drops the main thread's stack: `finally` blocks do not run, so libraries close what they opened here. */

import { findAsyncWrap } from "./asyncWrap.mjs";

/**
 * Makes the list of callbacks that run after a hard stop.
 *
 * @param {(error: unknown) => void} complain Told when a callback fails.
 */
export function createHardStops(complain) {
  const callbacks = new Set();
  const checks = tryChecks(complain);
  // The control thread has this called on the main thread, in the middle of whatever that does.
  Object.defineProperty(globalThis, Symbol.for("jupyter.kernel.beforeHardStop"), {
    value: checks.suspend,
  });
  return {
    /** @param {() => void} callback Runs after each hard stop. */
    add(callback) {
      callbacks.add(callback);
    },
    /** To be called first after a hard stop. */
    run() {
      checks.resume();
      for (const callback of callbacks) {
        try {
          callback();
        } catch (error) {
          complain(error);
        }
      }
    },
  };
}

/** On a Node that hides its checks, a hard stop may end the process; tools then tell of a dead kernel. */
function tryChecks(complain) {
  try {
    return asyncStackChecks();
  } catch (error) {
    complain(error);
    return { suspend() {}, resume() {} };
  }
}

/**
 * Node keeps a stack of asynchronous contexts beside the real one and ends the process when they disagree, as they do
 * when the real one is dropped. Its checks are suspended meanwhile, and the stack is cleared after it, as Node itself
 * does after an uncaught exception.
 */
function asyncStackChecks() {
  const { async_hook_fields: fields, constants, clearAsyncIdStack } = findAsyncWrap();
  const { kTotals, kCheck } = constants;
  let suspended;
  return {
    suspend() {
      suspended ??= { totals: fields[kTotals], check: fields[kCheck] };
      fields[kTotals] = 0;
      fields[kCheck] = 0;
    },
    resume() {
      clearAsyncIdStack();
      if (suspended === undefined) return;
      fields[kTotals] = suspended.totals;
      fields[kCheck] = suspended.check;
      suspended = undefined;
    },
  };
}
