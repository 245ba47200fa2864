/** From positions in the JavaScript that runs to positions in the TypeScript that the learner wrote. */
import { SourceMap } from "node:module";

/**
 * @typedef {object} Script
 * @property {string} title How a learner calls it, for example "cell [3]".
 * @property {string[]} lines The TypeScript source.
 * @property {number} skipped Lines that tslab put before the source.
 * @property {number} length Lines of JavaScript; what comes after is tslab's wrapper.
 * @property {SourceMap[]} maps From JavaScript to TypeScript, outermost first.
 */

/** The scripts that have run, by the name that stack traces show. */
export class Scripts {
  /** @type {Map<string, Script>} */
  #scripts = new Map();

  /**
   * @param {string} name The script's name in stack traces.
   * @param {object} script
   * @param {string} script.title How a learner calls it.
   * @param {string} script.source Its TypeScript, as the learner wrote it.
   * @param {string[]} [script.maps] Its source maps, as JSON, outermost first.
   * @param {string} [script.output] Its JavaScript.
   * @param {number} [script.skipped] Lines that tslab put before the source.
   */
  add(name, { title, source, maps = [], output = "", skipped = 1 }) {
    const parsed = maps.map((map) => new SourceMap(JSON.parse(map)));
    this.#scripts.set(name, {
      title,
      lines: source.split("\n"),
      maps: parsed,
      skipped,
      length: output.split("\n").length,
    });
  }

  /** @param {string} name A script's name. */
  get(name) {
    return this.#scripts.get(name);
  }

  /**
   * Maps a position, both 1-based.
   *
   * @returns {{ line: number, column: number }} Unchanged for a script that is not known.
   */
  position(name, line, column) {
    const script = this.#scripts.get(name);
    if (!script) return { line, column };
    let at = { line: line - 1, column: column - 1 };
    for (const map of script.maps) {
      const { originalLine: from, originalColumn = 0 } = entryOf(map, at);
      if (from === undefined) break;
      at = { line: from, column: originalColumn };
    }
    return {
      line: Math.min(Math.max(at.line + 1 - script.skipped, 1), script.lines.length),
      column: at.column + 1,
    };
  }

  /** Makes every error's stack speak of the cells' TypeScript lines. */
  install() {
    Error.stackTraceLimit = 100;
    Error.prepareStackTrace = (error, callSites) => {
      const frames = callSites
        .filter((site) => !this.#isWrapper(site))
        .map((site) => `\n    at ${this.#describe(site)}`);
      return `${headline(error)}${frames.join("")}`;
    };
  }

  /** tslab calls a cell's code by a line that it puts after it. */
  #isWrapper(site) {
    const script = this.#scripts.get(site.getScriptNameOrSourceURL());
    return script !== undefined && site.getLineNumber() > script.length;
  }

  #describe(site) {
    const name = site.getScriptNameOrSourceURL();
    const text = site.toString();
    if (!this.#scripts.has(name)) return text;
    const from = `${name}:${site.getLineNumber()}:${site.getColumnNumber()}`;
    const { line, column } = this.position(name, site.getLineNumber(), site.getColumnNumber());
    return text.replace(from, `${name}:${line}:${column}`);
  }
}

/**
 * A source map's entry for a position; code that the compiler added has none, or one without a place in the source.
 *
 * @param {SourceMap} map
 * @param {{ line: number, column: number }} at
 * @returns {Partial<import("node:module").SourceMapping>}
 */
function entryOf(map, { line, column }) {
  return map.findEntry(line, column);
}

function headline(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
