/** Tables of Markdown, and the parts of a page that commands write. */

const cell = (value) => String(value).replaceAll("|", "\\|").replaceAll("<", "&lt;");

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly unknown[])[]} rows
 * @returns {string} A table.
 */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** @returns {string[][]} The cells of each row below the table's head whose first cells are `head`. @throws {Error} when there is no such table. */
export function tableRows(markdown, head) {
  const lines = markdown.split("\n");
  const cellsOf = (line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((text) => text.trim());
  const start = lines.findIndex(
    (line) => cellsOf(line).slice(0, head.length).join() === head.join(),
  );
  if (start < 0) throw new Error(`There is no table with the head ${head.join(" | ")}.`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end < 0 ? rows.length : end).map(cellsOf);
}

/**
 * @param {string} markdown
 * @param {string} name The part stands between `<!-- name: … -->` and `<!-- /name -->`, each on a line of its own.
 * @param {string} content
 * @returns {string} The page with that part replaced.
 * @throws {Error} when the page has no such part.
 */
export function replacePart(markdown, name, content) {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`<!-- ${name}:`));
  const end = lines.indexOf(`<!-- /${name} -->`);
  if (start < 0 || end < start)
    throw new Error(`There is no part between <!-- ${name}: … --> and <!-- /${name} -->.`);
  return [...lines.slice(0, start + 1), content, ...lines.slice(end)].join("\n");
}
