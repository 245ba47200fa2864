/** Anything a notebook shows by this symbol: the method returns MIME types and their data. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes any text safe inside HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** At which side of its column a text stands. */
export type Alignment = "left" | "right";

/**
 * An HTML table of plain text; every header and cell is escaped.
 *
 * @param alignments One a column; "left" where it is left out.
 */
export function htmlTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string {
  const styles = headers.map((_, column) => `style="text-align: ${alignments[column] ?? "left"}"`);
  const header = headers
    .map((text, column) => `<th scope="col" ${styles[column] ?? ""}>${escapeHtml(text)}</th>`)
    .join("");
  const body = rows.map((row) => {
    const cells = row.map((text, column) => `<td ${styles[column] ?? ""}>${escapeHtml(text)}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr>${header}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** A piece of HTML that a notebook shows, and the plain text that stands for it everywhere else. */
export interface HtmlOutput {
  [JUPYTER_DISPLAY](): Record<string, unknown>;
}

/**
 * Wraps HTML for display.
 *
 * @param html Markup; the caller escapes what comes from data, with {@link escapeHtml}.
 * @param text What is shown where HTML is not.
 */
export function htmlOutput(html: string, text: string): HtmlOutput {
  return { [JUPYTER_DISPLAY]: () => ({ "text/html": html, "text/plain": text }) };
}
