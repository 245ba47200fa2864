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

/** An HTML table of plain text; every header and cell is escaped. */
export function htmlTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (tag: "th" | "td", texts: readonly string[]): string =>
    texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("");
  return `<table><thead><tr>${cells("th", headers)}</tr></thead><tbody>${body}</tbody></table>`;
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
