/** How promises are shown: without the symbols that Node puts on them while asynchronous contexts are followed. */
import { inspect } from "node:util";

const internal =
  /,?\s*\[Symbol\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\)\]: [^,}]+/g;

/** Gives promises their plain form, wherever they are printed. */
export function showPromisesPlainly() {
  Object.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    writable: true,
    value(depth, options) {
      if (!(this instanceof Promise)) return this;
      const shown = inspect(this, {
        ...options,
        depth,
        breakLength: Infinity,
        customInspect: false,
        colors: false,
      });
      return shown.replace(internal, "").replace(/\s+}$/, " }");
    },
  });
}
