/** Errors that the compiler finds in a cell. */

/** `Cannot find name 'x'`, alone or in a shorthand property, and without a name that comes close to it. */
const unknownName =
  /^(?:Cannot find name|No value exists in scope for the shorthand property) '(.+?)'/;
const unknownCodes = new Set([2304, 18004]);
/** So many unknown names are no slips of the pen: a cell above has not run. */
const manyUnknown = 3;
/** How many places of a cell are shown. */
const mostShown = 5;

/**
 * @typedef {object} Diagnostic
 * @property {{ line: number, character: number }} start 0-based.
 * @property {string} messageText
 * @property {number} code
 * @property {string} [fileName] Where it is not in the cell itself.
 */

/** Type errors of a cell. */
export class TypeScriptError extends Error {
  /**
   * @param {{ script: string, title: string, source: string, isFirst?: boolean }} cell The cell's script name, how a
   *   learner calls it, its text, and whether no cell before it has left any name.
   * @param {Diagnostic[]} diagnostics
   */
  constructor({ script, title, source, isFirst = false }, diagnostics) {
    const inside = diagnostics.map((diagnostic) => within(source.split("\n"), diagnostic));
    const unknown = namesOf(inside);
    const cellsAbove = unknown.length >= (isFirst ? 1 : manyUnknown);
    super(
      cellsAbove
        ? runAbove(unknown, isFirst)
        : inside.map((each) => oneLine(title, each)).join("\n"),
    );
    this.name = "TypeScriptError";
    this.script = script;
    /** The places to show. */
    this.diagnostics = cellsAbove
      ? inside.filter(({ code }) => unknownCodes.has(code)).slice(0, 1)
      : inside.slice(0, mostShown);
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * A bracket that is missing is missed behind the last line, where nothing can be shown.
 *
 * @param {string[]} lines
 * @param {Diagnostic} diagnostic
 * @returns {Diagnostic}
 */
function within(lines, { start, ...rest }) {
  if (rest.fileName !== undefined || start.line < lines.length) return { ...rest, start };
  const last = lines.length - 1;
  return { ...rest, start: { line: last, character: lines[last].length } };
}

function namesOf(diagnostics) {
  const names = diagnostics
    .filter(({ code }) => unknownCodes.has(code))
    .map(({ messageText }) => unknownName.exec(messageText)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined);
}

function runAbove(unknown, isFirst) {
  const why = isFirst ? "The kernel has just started" : "Cells above have not run";
  const names = unknown.slice(0, manyUnknown).join(", ");
  const more = unknown.length > manyUnknown ? ` and ${unknown.length - manyUnknown} more` : "";
  return `${why}: ${names}${more} ${unknown.length === 1 ? "is" : "are"} not known yet. Run the cells above first (menu Run > Run All Above Selected Cell).`;
}

/** @param {string} title @param {Diagnostic} diagnostic */
function oneLine(title, { start, messageText, code, fileName }) {
  return `${fileName ?? title} ${start.line + 1}:${start.character + 1} - ${messageText} (TS${code})`;
}
