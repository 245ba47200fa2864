/** The lessons of a folder: notebooks named `NN-slug.ipynb`, found by number or by slug. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Output What a cell left.
 * @property {string} output_type
 * @property {string} [name] A stream's.
 * @property {string | string[]} [text] A stream's.
 * @property {string} [ename] An error's.
 * @property {string} [evalue] An error's.
 * @property {Record<string, unknown>} [data] By MIME type.
 * @property {Record<string, { alt?: string }>} [metadata] By MIME type.
 */

/**
 * @typedef {object} Cell
 * @property {string} cell_type
 * @property {string} [id]
 * @property {Record<string, any>} metadata
 * @property {string | string[]} source
 * @property {Output[]} [outputs] A code cell's.
 * @property {number | null} [execution_count] A code cell's.
 */

/** @typedef {{ cells: Cell[], metadata: Record<string, any>, nbformat?: number, nbformat_minor?: number }} Notebook */

/**
 * @typedef {object} Lesson
 * @property {string} slug The file's name without its ending, for example `11-vanilla-gan`.
 * @property {string} file The notebook's absolute path.
 * @property {Notebook} notebook
 */

/** @returns {Lesson} @throws {Error} when the file is not a notebook. */
export function readLesson(file) {
  const slug = path.basename(file, ".ipynb");
  let notebook;
  try {
    notebook = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `${file} is not JSON (${error.message}); open it in JupyterLab and save it again.`,
      { cause: error },
    );
  }
  if (!Array.isArray(notebook.cells))
    throw new Error(`${file} has no list of cells: it is not a Jupyter notebook.`);
  return { slug, file, notebook };
}

/** @returns {Lesson[]} All lessons of a folder, in order. */
export function listLessons(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => readLesson(path.join(folder, name)));
}

/** @returns {Lesson} The lesson of that number (`11`), slug (`vanilla-gan`) or both. @throws {Error} listing the lessons. */
export function findLesson(lessons, wanted) {
  const name = path.basename(wanted, ".ipynb");
  const found = lessons.find(
    ({ slug }) =>
      slug === name || slug.startsWith(`${name}-`) || slug.replace(/^\d+-/, "") === name,
  );
  if (found) return found;
  const known = lessons.map(({ slug }) => slug).join(", ");
  throw new Error(
    `There is no lesson "${wanted}". Give a number or a name of: ${known || "(none yet)"}.`,
  );
}

/** @returns {Lesson[]} The wanted lessons and all that they require, in order. @throws {Error} for an unknown one. */
export function withRequired(lessons, wanted) {
  const chosen = new Set();
  const add = (name) => {
    const lesson = findLesson(lessons, name);
    if (chosen.has(lesson)) return;
    chosen.add(lesson);
    for (const required of lesson.notebook.metadata.lesson?.requires ?? []) add(required);
  };
  wanted.forEach(add);
  return lessons.filter((lesson) => chosen.has(lesson));
}

/** @param {Cell} cell @returns {string} A cell's text; notebooks store it whole or line by line. */
export function sourceOf(cell) {
  return Array.isArray(cell.source) ? cell.source.join("") : (cell.source ?? "");
}
