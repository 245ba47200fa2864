/** How an error is shown: its name, its message, and the learner's own lines that led to it. */
import { inspect, styleText } from "node:util";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const maxFrames = 8;
const contextLines = 2;
const frameLine = /^\s+at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/;
const color = (format, text) => styleText(format, text, { validateStream: false });

/** Type errors of a cell. */
export class TypeScriptError extends Error {
  /**
   * @param {{ script: string, title: string }} cell The cell's script name, and how a learner calls it.
   * @param {{ start: { line: number, character: number }, messageText: string, code: number, fileName?: string }[]} diagnostics
   */
  constructor({ script, title }, diagnostics) {
    super(diagnostics.map((diagnostic) => oneLine(title, diagnostic)).join("\n"));
    this.name = "TypeScriptError";
    this.script = script;
    this.diagnostics = diagnostics;
    this.stack = `${this.name}: ${this.message}`;
  }
}

function oneLine(title, { start, messageText, code, fileName }) {
  return `${fileName ?? title} ${start.line + 1}:${start.character + 1} - ${messageText} (TS${code})`;
}

/**
 * The content of Jupyter's `error` message.
 *
 * @param {unknown} error What was thrown, an Error or anything else.
 * @param {import("./scripts.mjs").Scripts} scripts The cells' sources.
 * @param {string} root Paths inside this folder are shown relative to it.
 * @returns {{ ename: string, evalue: string, traceback: string[] }}
 */
export function describeError(error, scripts, root) {
  const ename =
    error instanceof Error
      ? String(error.name)
      : `Thrown ${error === null ? "null" : typeof error}`;
  const evalue = error instanceof Error ? String(error.message) : inspect(error);
  const headline = `${color(["red", "bold"], ename)}: ${evalue}`;
  if (error instanceof TypeScriptError) {
    return { ename, evalue, traceback: [headline, ...diagnosticSnippets(error, scripts)] };
  }
  return { ename, evalue, traceback: [headline, ...tracebackOf(error, scripts, root)] };
}

function diagnosticSnippets({ script, diagnostics }, scripts) {
  return diagnostics
    .filter(({ fileName }) => fileName === undefined)
    .map(({ start }) => snippet(scripts.get(script), start.line + 1, start.character + 1));
}

function tracebackOf(error, scripts, root) {
  if (!(error instanceof Error)) return [];
  const frames = framesOf(error);
  const own = frames.filter(({ file }) => scripts.get(file) !== undefined);
  const parts = own.slice(0, maxFrames).map((frame) => cellFrame(frame, scripts.get(frame.file)));
  const thrownElsewhere = own.length > 0 && frames[0] !== own[0] && !isKernel(frames[0]);
  if (thrownElsewhere)
    parts.unshift(color("dim", `thrown in ${place(frames[0], root)}, called from`));
  if (own.length > maxFrames) parts.push(color("dim", `and ${own.length - maxFrames} more calls`));
  if (error.cause === undefined) return parts;
  const cause = describeError(error.cause, scripts, root).traceback;
  return [...parts, color("dim", "caused by"), ...cause];
}

function framesOf(error) {
  const lines = String(error.stack).split("\n");
  return lines.flatMap((line) => {
    const match = frameLine.exec(line);
    return match
      ? [
          {
            name: match[1]?.replace(/^(async )?(Proxy\.)?/, ""),
            file: match[2].replace(/^async /, ""),
            line: Number(match[3]),
            column: Number(match[4]),
          },
        ]
      : [];
  });
}

function cellFrame({ name, line, column }, script) {
  const inside = name ? ` in ${name}` : "";
  return `${color("green", `${script.title}, line ${line}`)}${inside}\n${snippet(script, line, column)}`;
}

function snippet(script, line, column) {
  const first = Math.max(1, line - contextLines);
  const width = String(line).length;
  const shown = script.lines.slice(first - 1, line).map((text, index) => {
    const number = first + index;
    const mark = number === line ? color("red", "> ") : "  ";
    return `${mark}${color("dim", String(number).padStart(width))} | ${text}`;
  });
  const indent = script.lines[line - 1].slice(0, column - 1).replace(/[^\t]/g, " ");
  return [...shown, `  ${" ".repeat(width)} | ${indent}${color("red", "^")}`].join("\n");
}

const kernelFolder = new URL(".", import.meta.url).href;

function isKernel({ file }) {
  return file.startsWith(kernelFolder);
}

function place({ file, line, column }, root) {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const short = relative(root, path);
  return `${short.startsWith("..") || file.startsWith("node:") ? path : short}:${line}:${column}`;
}
