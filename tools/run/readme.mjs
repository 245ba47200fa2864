/** The tables of README.md, so that what stands there can be compared with what was declared and measured. */

/** @returns {string[][]} The cells of each row below the table's head whose first cells are `head`. @throws {Error} when there is no such table. */
export function tableRows(markdown, head) {
  const lines = markdown.split("\n");
  const cellsOf = (line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = lines.findIndex(
    (line) => cellsOf(line).slice(0, head.length).join() === head.join(),
  );
  if (start < 0) throw new Error(`There is no table with the head ${head.join(" | ")}.`);
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith("|")),
    )
    .map(cellsOf);
}

/** @returns {string} A measured figure as the README writes it: mean ± standard deviation, four significant digits. */
export function sayMeasured({ mean, sd }, unit = "") {
  const short = (value) => String(Number(value.toPrecision(value === mean ? 4 : 2)));
  const spread = sd === null ? "" : ` ± ${short(sd)}`;
  return `${short(mean)}${spread}${unit === "" ? "" : ` ${unit}`}`;
}
