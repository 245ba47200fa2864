/** Reads the JUnit reports that node:test and pytest write. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { venvPython } from "../setup/paths.mjs";

/** How much of a failure the summary shows. */
const EXCERPT_LINES = 16;

/** Where a failure of node:test turns from its message to its stack and its fields. */
const NODE_DETAILS = /\n {4}at | \{\s+code: 'ERR_/;

/** The part of a failure that says most: node:test begins with it, a notebook's traceback ends with it. */
function excerpt(details) {
  // pytest writes the escape character of colours as text.
  const plain = details.replace(/(#x1B)?\[[0-9;]*m/g, "");
  const lines = plain.split(NODE_DETAILS)[0].trimEnd().split("\n");
  return lines.slice(-EXCERPT_LINES).join("\n");
}

/**
 * @param {string} file A JUnit XML file.
 * @param {string} step The step that wrote it.
 * @returns {import("./outcomes.mjs").Outcome[]}
 * @throws {Error} when it is not there or not XML.
 */
export function readJUnit(file, step) {
  // Reading XML is left to Python's own library: Node has none.
  const python = existsSync(venvPython) ? venvPython : "python3";
  const output = execFileSync(python, [path.join(import.meta.dirname, "junit.py"), file], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: "pipe",
  });
  return JSON.parse(output).map(({ name, status, message, details }) => ({
    step,
    name,
    status,
    message: details === "" ? message : excerpt(details),
  }));
}
