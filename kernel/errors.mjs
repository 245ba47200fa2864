/** How an error is shown: its name, its message, and the learner's own lines that led to it. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect, styleText } from "node:util";
import { namesObject } from "./names.mjs";
import { TypeScriptError } from "./typeErrors.mjs";

const maxFrames = 8;
const maxCauses = 5;
const contextLines = 2;
const frameLine = /^\s+at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/;
/** How JavaScript calls a name of a cell, which the learner wrote without the object that holds it. */
const sharedName = new RegExp(`\\(0 ?, ?${namesObject}\\.([\\w$]+)\\)|${namesObject}\\.`, "g");
const color = (format, text) => styleText(format, text, { validateStream: false });

/**
 * The content of Jupyter's `error` message. What was thrown may be anything, also what throws when it is looked at.
 *
 * @param {unknown} error What was thrown, an Error or anything else.
 * @param {import("./scripts.mjs").Scripts} scripts The cells' sources.
 * @param {string} root Paths inside this folder are shown relative to it.
 * @returns {{ ename: string, evalue: string, traceback: string[] }}
 */
export function describeError(error, scripts, root) {
  return attempt(
    () => describe(error, { scripts, root, seen: new Set() }),
    (failure) => {
      const ename = "Error";
      const evalue = `The cell failed, and what it threw cannot be shown: looking at it throws ${attempt(
        () => inspect(failure),
        () => "again",
      )}.`;
      return { ename, evalue, traceback: [`${color(["red", "bold"], ename)}: ${evalue}`] };
    },
  );
}

/** @template T @param {() => T} work @param {(error: unknown) => T} otherwise */
function attempt(work, otherwise) {
  try {
    return work();
  } catch (error) {
    return otherwise(error);
  }
}

/** A property as text, or what stands for it where it cannot be read. */
function textOf(error, property, otherwise) {
  return attempt(
    () => String(error[property] ?? otherwise),
    () => otherwise,
  );
}

function describe(error, context) {
  const isError = error instanceof Error;
  const ename = isError
    ? textOf(error, "name", "Error")
    : `Thrown ${error === null ? "null" : typeof error}`;
  const said = isError ? textOf(error, "message", "(its message cannot be read)") : inspect(error);
  const evalue = said.replace(sharedName, "$1");
  const headline = `${color(["red", "bold"], ename)}: ${evalue}`;
  if (error instanceof TypeScriptError)
    return { ename, evalue, traceback: [headline, ...diagnosticSnippets(error, context)] };
  return { ename, evalue, traceback: [headline, ...(isError ? tracebackOf(error, context) : [])] };
}

function diagnosticSnippets({ script, diagnostics }, { scripts }) {
  return diagnostics
    .filter(({ fileName }) => fileName === undefined)
    .map(({ start }) => snippet(scripts.get(script), start.line + 1, start.character + 1));
}

function tracebackOf(error, context) {
  const { scripts, root, seen } = context;
  const frames = framesOf(textOf(error, "stack", ""));
  const own = frames.filter(({ file }) => scripts.get(file) !== undefined);
  const parts = own.slice(0, maxFrames).map((frame) => cellFrame(frame, scripts.get(frame.file)));
  const thrownElsewhere = own.length > 0 && frames[0] !== own[0] && !isKernel(frames[0]);
  if (thrownElsewhere)
    parts.unshift(color("dim", `thrown in ${place(frames[0], root)}, called from`));
  if (own.length > maxFrames) parts.push(color("dim", `and ${own.length - maxFrames} more calls`));
  const cause = attempt(
    () => error.cause,
    () => undefined,
  );
  seen.add(error);
  if (cause === undefined || seen.has(cause) || seen.size > maxCauses) return parts;
  return [...parts, color("dim", "caused by"), ...describe(cause, context).traceback];
}

function framesOf(stack) {
  return stack.split("\n").flatMap((line) => {
    const match = frameLine.exec(line);
    if (match === null) return [];
    const [, name, file, lineNumber, column] = match;
    return [
      {
        name: name?.replace(/^(async )?(Proxy\.|Object\.)?/, ""),
        file: file.replace(/^async /, ""),
        line: Number(lineNumber),
        column: Number(column),
      },
    ];
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
  const before = script.lines[line - 1] ?? "";
  const indent = before.slice(0, column - 1).replace(/[^\t]/g, " ");
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
