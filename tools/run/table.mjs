/**
 * Rows of text as lines, their columns under one another.
 *
 * @param {readonly (readonly string[])[]} rows Equally many cells each.
 * @param {"left" | "right"} [others] Where the columns after the first stand, which is to the left itself.
 * @returns {string}
 */
export function alignTable(rows, others = "left") {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) =>
    column > 0 && others === "right" ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
