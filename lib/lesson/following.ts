/** Figures that follow the reader's hand. */
import { escapeHtml, htmlOutput, type HtmlOutput } from "./html";
import { sayError } from "./words";

/** Draws the newest value that was asked for; values that came while it drew are passed over. */
export function follower<T>(draw: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let wanted: { readonly value: T } | undefined;
  let busy = false;
  return async (value) => {
    wanted = { value };
    if (busy) return;
    busy = true;
    try {
      while (wanted !== undefined) {
        const next: T = wanted.value;
        wanted = undefined;
        await draw(next);
      }
    } finally {
      busy = false;
    }
  };
}

/**
 * What `draw` returned.
 *
 * @throws TypeError when it is nothing.
 */
export function requireFigure(caller: string, figure: unknown): unknown {
  if (figure === undefined)
    throw new TypeError(
      `${caller}: \`draw\` returned nothing; let it return the figure, such as a chart or a grid.`,
    );
  return figure;
}

/** What is shown where a figure cannot be made; the widget stays usable. */
export function failedFigure(what: string, error: unknown): HtmlOutput {
  const text = `No figure for ${what}: ${sayError(error)}`;
  return htmlOutput(`<p>${escapeHtml(text)}</p>`, text);
}
