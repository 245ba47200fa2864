/** Tables that lead from symbols to names: each name must be in the code of its lesson. */
import { sourceOf } from "./lessons.mjs";

/** The head of such a table. */
const HEAD = /^\|\s*symbol\s*\|\s*in the code\s*\|/;

/** @returns {{ names: string[] }[]} The rows of the tables in a text, with the names in their second column. */
function rowsOf(text) {
  let inside = false;
  return text.split("\n").flatMap((row) => {
    inside = row.startsWith("|") && (inside || HEAD.test(row));
    if (!inside || HEAD.test(row) || /^\|[\s:|-]+$/.test(row)) return [];
    const [, , column = ""] = row.split(/(?<!\\)\|/);
    const spans = [...column.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
    return [{ names: spans.flatMap((code) => code.match(/[A-Za-z_$][\w$]*/g) ?? []) }];
  });
}

/**
 * @param {import("./lessons.mjs").Lesson} lesson
 * @returns {import("./check-format.mjs").Problem[]} Empty where all is well.
 */
export function checkSymbols({ slug, notebook: { cells } }) {
  const code = cells
    .filter(({ cell_type: type }) => type === "code")
    .map(sourceOf)
    .join("\n");
  const known = new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? []);
  return cells.flatMap((cell, index) =>
    cell.cell_type !== "markdown"
      ? []
      : rowsOf(sourceOf(cell)).flatMap(({ names }) =>
          names
            .filter((name) => !known.has(name))
            .map((name) => ({
              slug,
              cell: index + 1,
              message: `the table of symbols names \`${name}\`, which is nowhere in the lesson's code`,
            })),
        ),
  );
}
