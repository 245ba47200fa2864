/** The executed lessons that `npm test` leaves, and whether they still show what the lessons are. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { sourceOf } from "../notebooks/lessons.mjs";
import { inRoot } from "../setup/paths.mjs";
import { buildDir } from "./paths.mjs";

/**
 * @param {string} slug
 * @param {string} [backend] Left out: the one that the machine has.
 * @returns {string} Where the quick profile's executed notebook lies.
 */
export function executedLesson(slug, backend) {
  return path.join(
    buildDir,
    "lessons",
    ["quick", backend].filter(Boolean).join("-"),
    `${slug}.ipynb`,
  );
}

/** @param {{ cells: import("../notebooks/lessons.mjs").Cell[] }} notebook */
const sources = ({ cells }) => JSON.stringify(cells.map(sourceOf));

/** @returns {number} When gan-lib was last compiled to something else, in milliseconds since 1970. */
function builtAt(folder = inRoot("lib", "dist")) {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const times = names
    .filter((name) => name.endsWith(".js"))
    .map((name) => statSync(path.join(folder, name)).mtimeMs);
  return Math.max(0, ...times);
}

/**
 * @param {import("../notebooks/lessons.mjs").Lesson} lesson
 * @param {string} [file] The executed notebook.
 * @param {number} [since] When what the lesson stands on was made.
 * @returns {boolean} Whether the lesson was executed as it is now, to its last cell, with gan-lib as it is now.
 */
export function isExecuted({ slug, notebook }, file = executedLesson(slug), since = builtAt()) {
  if (!existsSync(file) || statSync(file).mtimeMs < since) return false;
  /** @type {import("../notebooks/lessons.mjs").Notebook} */
  const executed = JSON.parse(readFileSync(file, "utf8"));
  const code = executed.cells.filter((cell) => cell.cell_type === "code" && sourceOf(cell) !== "");
  return (
    sources(executed) === sources(notebook) &&
    code.every(({ execution_count }) => typeof execution_count === "number")
  );
}
