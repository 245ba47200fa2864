/** Runs the JavaScript of cells: the object that holds their names, and their `require`. */
import Module from "node:module";
import { dirname, extname, join } from "node:path";
import vm from "node:vm";
import { guardBuiltins } from "./builtins.mjs";
import { namesObject } from "./names.mjs";

const { stderr } = process;

/** The names of the parameters of a cell's function; tslab's converter and the compiler write the first two. */
const parameters = `exports, require, ${namesObject}`;

/** Where a cell's function finds its arguments, for the moment in which it is called. */
const handover = Symbol.for("jupyter.kernel.cell");

/**
 * Makes the place where cells run.
 *
 * @param {string} folder The notebook's folder.
 * @param {NodeJS.Require} require Finds the modules that are no cells and no files of the notebook's folder.
 * @param {unknown} tslab What `import … from "tslab"` gives.
 */
export function createRuntime(folder, require, tslab) {
  /** @type {Record<string, unknown>} The values of all cells' names. */
  const names = {};
  /** @type {Map<string, string>} JavaScript of modules that the compiler made, by path. */
  const compiled = new Map();
  /** @type {Map<string, any>} Those that have run. */
  const modules = new Map();

  function load(path) {
    if (modules.has(path)) return modules.get(path);
    const code = compiled.get(path);
    if (code === undefined) return undefined;
    const module = /** @type {any} */ (new Module(path));
    module.filename = path;
    module.paths = /** @type {any} */ (Module)._nodeModulePaths(dirname(path));
    module.require = requireIn(dirname(path), require);
    module._compile(code, path);
    modules.set(path, module);
    return module;
  }

  function requireIn(place, fallback) {
    return new Proxy(fallback, {
      apply(target, self, [name]) {
        if (name === "tslab") return tslab;
        const path = join(place, String(name));
        const module = load(extname(path) === "" ? `${path}.js` : path);
        return module ? module.exports : Reflect.apply(target, self, [name]);
      },
    });
  }

  const requireFromCell = requireIn(folder, require);
  const putBack = guardBuiltins();

  /** Said to the cell that did it, or to the next one. */
  function repair() {
    const changed = putBack();
    if (changed.length === 0) return;
    const names = changed.slice(0, 5).join(", ");
    const more = changed.length > 5 ? " and more" : "";
    stderr.write(
      `${names}${more} had been replaced; the kernel needs what JavaScript has there, and put it back.\n`,
    );
  }

  return {
    names,
    /** Puts back what a cell has replaced of JavaScript's own. */
    repair,
    /** Takes over modules that were compiled anew; they run again when they are next required. */
    setModules(outputs) {
      for (const { path, data } of outputs) {
        modules.delete(path);
        compiled.set(path, data);
      }
    },
    /**
     * Runs a cell.
     *
     * @param {string} code Its JavaScript.
     * @param {string} script Its name in stack traces.
     * @param {boolean} awaits Whether it awaits at its top level.
     * @returns {{ exports: Record<string, unknown>, finished: unknown }} What it exported besides names, and, where it
     *   awaits, a promise.
     */
    run(code, script, awaits) {
      /** @type {Record<string, unknown>} */
      const exports = {};
      const at = "globalThis[Symbol.for('jupyter.kernel.cell')]";
      const head = `(${awaits ? "async " : ""}function(${parameters}) { `;
      const whole = `${head}${code}\n//# sourceURL=${script}\n})(...${at})`;
      globalThis[handover] = [exports, requireFromCell, names];
      try {
        // Let Ctrl-C in a terminal end a cell's first part as well.
        return { exports, finished: vm.runInThisContext(whole, { breakOnSigint: true }) };
      } finally {
        repair();
      }
    },
  };
}
