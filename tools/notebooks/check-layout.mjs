/** Whether a lesson's code cells are laid out as a reader of a narrow window needs them. */
import { formatCode, MAX_CELL_COLUMNS } from "./format-cells.mjs";
import { sourceOf } from "./lessons.mjs";

/** @returns {Promise<{ line?: number, message: string }[]>} What is wrong with a cell's layout. */
async function layoutProblems(code) {
  const wide = code.split("\n").flatMap((line, index) =>
    line.length > MAX_CELL_COLUMNS
      ? [
          {
            line: index + 1,
            message: `${line.length} columns; a line of code has at most ${MAX_CELL_COLUMNS}`,
          },
        ]
      : [],
  );
  if (wide.length > 0) return wide;
  try {
    return (await formatCode(code)) === code
      ? []
      : [{ message: "is not formatted; `npm run format` does it" }];
  } catch {
    return []; // what cannot be parsed is named by the check of the code
  }
}

/**
 * @param {import("./lessons.mjs").Lesson} lesson
 * @returns {Promise<import("./check-format.mjs").Problem[]>} Empty where all is well.
 */
export async function checkLayout({ slug, notebook }) {
  const problems = await Promise.all(
    notebook.cells.map(async (cell, index) =>
      cell.cell_type === "code"
        ? (await layoutProblems(sourceOf(cell))).map((problem) => ({ cell: index + 1, ...problem }))
        : [],
    ),
  );
  return problems.flat().map((problem) => ({ slug, ...problem }));
}
