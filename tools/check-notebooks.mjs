/**
 * Checks every notebook without running it: strict types, promises that nobody awaits, outputs left in, the shape
 * of a lesson, figures in its text that are not kept, symbols without a name in the code. Usage: node tools/check-notebooks.mjs [--strip] [--folder notebooks] [lesson …]
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { checkCode } from "./notebooks/check-code.mjs";
import { checkFigures } from "./notebooks/check-figures.mjs";
import { checkFormat } from "./notebooks/check-format.mjs";
import { checkLayout } from "./notebooks/check-layout.mjs";
import { checkSections } from "./notebooks/check-sections.mjs";
import { checkSymbols } from "./notebooks/check-symbols.mjs";
import { formatCells } from "./notebooks/format-cells.mjs";
import { findLesson, listLessons } from "./notebooks/lessons.mjs";
import { formatNotebook, stripNotebook } from "./notebooks/strip.mjs";
import { buildDir, notebooksDir } from "./run/paths.mjs";

const HELP = `node tools/check-notebooks.mjs [options] [lesson …]

Checks the lessons named (a number or a name; all of them where none is) without running them.

  --strip          first remove outputs and execution counts from the files
  --format         first format the code cells
  --folder <path>  where the notebooks are (default: notebooks/)
  --help           this text`;

/** @param {import("./notebooks/check-format.mjs").Problem} problem @returns {string} \`11-vanilla-gan, cell 3, line 2: message\` */
function format({ slug, cell, line, message }) {
  const place = [slug, ...(cell ? [`cell ${cell}`] : []), ...(line ? [`line ${line}`] : [])].join(
    ", ",
  );
  return `${place}: ${message}`;
}

/** Gives a lesson another notebook, in memory and in its file. */
function rewrite(lesson, notebook) {
  lesson.notebook = notebook;
  writeFileSync(lesson.file, formatNotebook(notebook));
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      strip: { type: "boolean" },
      format: { type: "boolean" },
      folder: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(HELP);
  const folder = path.resolve(values.folder ?? notebooksDir);
  const all = listLessons(folder);
  if (all.length === 0) throw new Error(`There is no notebook in ${folder}.`);
  const lessons = positionals.length > 0 ? positionals.map((name) => findLesson(all, name)) : all;
  if (values.strip) for (const lesson of lessons) rewrite(lesson, stripNotebook(lesson.notebook));
  if (values.format)
    for (const lesson of lessons) rewrite(lesson, await formatCells(lesson.notebook));
  const known = new Set(all.map(({ slug }) => slug));
  const problems = [
    ...lessons.flatMap((lesson) => [
      ...checkFormat(lesson, known),
      ...checkSections(lesson),
      ...checkFigures(lesson),
      ...checkSymbols(lesson),
    ]),
    ...(await Promise.all(lessons.map(checkLayout))).flat(),
    ...(await checkCode(lessons, path.join(buildDir, "cells", path.basename(folder)))),
  ];
  for (const problem of problems) console.error(format(problem));
  console.log(
    `${lessons.length} notebook${lessons.length === 1 ? "" : "s"} checked, ${problems.length} problems`,
  );
  if (problems.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
