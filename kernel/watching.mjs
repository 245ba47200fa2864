/** The compiler's timer: tslab knows of one, which starts the next compilation, and breaks where it meets another. */

/**
 * tslab's system for the compiler, whose watcher may now hear at any time that files came, changed or went.
 *
 * @param {any} system What tslab gives to the compiler.
 * @returns {any} The same, in which a second timer does no harm.
 */
export function withOneTimer(system) {
  const own = Object.create(system);
  let pending;
  own.setTimeout = (callback, ...rest) => {
    // Imports that were not found are looked up afresh at each compilation: nothing is to be done for them.
    if (callback.name === "invalidateResolutionsOfFailedLookup") return {};
    own.clearTimeout(pending);
    pending = system.setTimeout(
      () => {
        callback();
        pending = undefined;
      },
      ...rest,
    );
    return pending;
  };
  own.clearTimeout = (timer) => {
    if (timer === undefined || timer !== pending) return;
    pending = undefined;
    system.clearTimeout(timer);
  };
  return own;
}
