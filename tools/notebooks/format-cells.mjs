/** Code cells as prettier prints them, at a width that fits beside Jupyter's file list. */
import { format, resolveConfig } from "prettier";
import { sourceOf } from "./lessons.mjs";

/** The widest line of a code cell, in characters. */
export const MAX_CELL_COLUMNS = 88;

/**
 * @param {string} source A cell's code.
 * @returns {Promise<string>} The same code, formatted; a last value without a semicolon stays without.
 * @throws {SyntaxError} when it cannot be parsed.
 */
export async function formatCode(source) {
  const options = await resolveConfig(import.meta.filename);
  const formatted = await format(source, {
    ...options,
    parser: "typescript",
    printWidth: MAX_CELL_COLUMNS,
  });
  const code = formatted.trimEnd();
  return source.trimEnd().endsWith(";") ? code : code.replace(/;$/, "");
}

/**
 * @param {{ cells: object[] }} notebook
 * @returns {Promise<object>} The notebook with its code cells formatted; the argument stays as it is.
 */
export async function formatCells(notebook) {
  const cells = await Promise.all(
    notebook.cells.map(async (cell) => {
      if (cell.cell_type !== "code") return cell;
      const code = await formatCode(sourceOf(cell));
      return code === sourceOf(cell) ? cell : { ...cell, source: linesOf(code) };
    }),
  );
  return { ...notebook, cells };
}

/** A text as notebooks store it: a list of lines, each but the last with its end. */
function linesOf(text) {
  return text.split(/(?<=\n)/);
}
