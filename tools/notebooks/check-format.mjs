/** What every lesson's notebook must look like: its metadata, its cells, its sections, its figures and links. */
import { existsSync } from "node:fs";
import path from "node:path";
import { sourceOf } from "./lessons.mjs";

/** @typedef {{ slug: string, cell?: number, line?: number, message: string }} Problem */

/** A cell holds one idea. */
export const MAX_CELL_LINES = 25;

const isText = (value) => typeof value === "string" && value.trim() !== "";
const isPositive = (value) => typeof value === "number" && value > 0;

/**
 * @param {Record<string, any>} metadata
 * @param {Set<string>} known The slugs that may be required.
 * @returns {string[]} What is wrong with the notebook's metadata.
 */
function metadataProblems({ kernelspec, lesson }, known) {
  const problems = [];
  if (kernelspec?.name !== "tslab")
    problems.push(`metadata.kernelspec.name is ${JSON.stringify(kernelspec?.name)}, not "tslab"`);
  if (!lesson)
    return [
      ...problems,
      "metadata.lesson is missing: { title, requires, minutes: { quick, standard }, memoryMB }",
    ];
  if (!isText(lesson.title)) problems.push("metadata.lesson.title must be a text");
  if (!Array.isArray(lesson.requires))
    problems.push("metadata.lesson.requires must be a list of lessons, empty where there is none");
  else
    for (const name of lesson.requires)
      if (!known.has(name))
        problems.push(`metadata.lesson.requires names "${name}", which is no notebook here`);
  for (const profile of ["quick", "standard"]) {
    if (!isPositive(lesson.minutes?.[profile]))
      problems.push(`metadata.lesson.minutes.${profile} must be a number above 0`);
  }
  if (!isPositive(lesson.memoryMB))
    problems.push("metadata.lesson.memoryMB must be a number above 0");
  return problems;
}

/** @returns {Problem[]} Outputs left in, cells too long. */
function cellProblems({ cells }) {
  return cells.flatMap((cell, index) => {
    const messages = [];
    const lines = sourceOf(cell).split("\n").length;
    if (cell.cell_type === "code" && lines > MAX_CELL_LINES)
      messages.push(`${lines} lines; a code cell has at most ${MAX_CELL_LINES}`);
    const ran = (cell.outputs?.length ?? 0) > 0 || (cell.execution_count ?? null) !== null;
    if (cell.cell_type === "code" && ran)
      messages.push(
        "has outputs or an execution count; `node tools/check-notebooks.mjs --strip` removes them",
      );
    return messages.map((message) => ({ cell: index + 1, message }));
  });
}

/** @returns {Problem[]} Pictures without a text for those who do not see them, links to files that are not there. */
function markdownProblems({ cells }, folder) {
  return cells.flatMap((cell, index) => {
    if (cell.cell_type !== "markdown") return [];
    const text = sourceOf(cell);
    const pictures = [
      ...text.matchAll(/!\[\s*\]\([^)]*\)/g),
      ...text.matchAll(/<img\b(?![^>]*\balt="[^"]*\S[^"]*")[^>]*>/g),
    ];
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target);
    const broken = links.filter(
      (target) =>
        !/^(\w+:|\/\/|attachment:)/.test(target) &&
        !existsSync(path.join(folder, decodeURIComponent(target))),
    );
    return [
      ...pictures.map(([picture]) => ({
        cell: index + 1,
        message: `the picture ${picture} has no alt text`,
      })),
      ...broken.map((target) => ({
        cell: index + 1,
        message: `the link to ${target} leads nowhere`,
      })),
    ];
  });
}

/**
 * @param {import("./lessons.mjs").Lesson} lesson
 * @param {Set<string>} known The slugs that may be required.
 * @returns {Problem[]} Empty where all is well.
 */
export function checkFormat({ slug, file, notebook }, known) {
  const problems = [
    ...metadataProblems(notebook.metadata ?? {}, known).map((message) => ({ message })),
    ...cellProblems(notebook),
    ...markdownProblems(notebook, path.dirname(file)),
  ];
  return problems.map((problem) => ({ slug, ...problem }));
}
