/** After the stack was dropped: `finally` blocks did not run, so libraries close what they opened here. */

/**
 * Makes the list of callbacks that run after a hard stop.
 *
 * @param {(error: unknown) => void} complain Told when a callback fails.
 */
export function createHardStops(complain) {
  const callbacks = new Set();
  allowDroppingStack();
  return {
    /** @param {() => void} callback Runs after each hard stop. */
    add(callback) {
      callbacks.add(callback);
    },
    run() {
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

/**
 * Node keeps a stack of asynchronous contexts beside the real one, and ends the process when they disagree. The
 * control thread clears it before it drops the real one, as Node itself does after an uncaught exception.
 */
function allowDroppingStack() {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  const { clearAsyncIdStack } = process.binding("async_wrap");
  process.noDeprecation = noDeprecation;
  Object.defineProperty(globalThis, Symbol.for("jupyter.kernel.clearAsyncStack"), { value: () => clearAsyncIdStack() });
}
