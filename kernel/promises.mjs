/** How promises are shown: without the symbols that Node puts on them while asynchronous contexts are followed. */
import { inspect } from "node:util";

/** @type {Set<string | undefined>} */
const internal = new Set(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);

/** Gives promises their plain form, wherever they are printed. */
export function showPromisesPlainly() {
  Object.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    writable: true,
    value(depth, options) {
      if (!Object.isExtensible(this)) return "Promise {}";
      for (const key of Object.getOwnPropertySymbols(this))
        if (internal.has(key.description)) Object.defineProperty(this, key, { enumerable: false });
      // Without this method, once: what is inside is shown by its own.
      const hidden = { value: undefined, configurable: true, enumerable: false };
      Object.defineProperty(this, inspect.custom, hidden);
      try {
        return inspect(this, { ...options, depth });
      } finally {
        delete this[inspect.custom];
      }
    },
  });
}
