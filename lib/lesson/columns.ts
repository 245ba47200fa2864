import { escapeHtml, JUPYTER_DISPLAY } from "./html";
import { toMimeBundle, type MimeBundle } from "./mime";

/** Things side by side; a notebook shows them, as the last value of a cell or by `gan.display`. */
export interface Columns {
  [JUPYTER_DISPLAY](): Promise<Record<string, unknown>>;
}

function attributesOf({ metadata }: MimeBundle): string {
  const { width } = (metadata["image/png"] ?? {}) as { readonly width?: number };
  return width === undefined ? "" : ` width="${width}"`;
}

/** A picture where there is one, else a table or other HTML, else text. */
function htmlOf(bundle: MimeBundle): string {
  const { "text/html": html, "image/png": png, "text/plain": text } = bundle.data;
  if (typeof html === "string") return html;
  if (typeof png !== "string") return `<pre>${escapeHtml(String(text))}</pre>`;
  const alt = escapeHtml(String(text));
  return `<img src="data:image/png;base64,${png}" alt="${alt}"${attributesOf(bundle)} style="max-width: 100%; height: auto">`;
}

/**
 * Puts charts, grids, drawings and tables side by side. Where the page is too narrow they stand below one another, and none is
 * wider than the page.
 *
 * @param items Whatever `gan.display` knows, in order.
 * @throws Error when there is nothing to show; at display whatever `display` throws for an item.
 * @example
 * gan.columns(gan.lossCurves(live.history), gan.probabilityCurves(live.history))
 */
export function columns(...items: readonly unknown[]): Columns {
  if (items.length === 0)
    throw new Error("columns needs at least one thing to show, and got none.");
  return {
    [JUPYTER_DISPLAY]: async () => {
      const bundles = await Promise.all(items.map((item) => toMimeBundle(item)));
      const cells = bundles.map((bundle) => `<div style="max-width: 100%">${htmlOf(bundle)}</div>`);
      const style = "display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: flex-start";
      return {
        "text/html": `<div style="${style}">${cells.join("")}</div>`,
        "text/plain": bundles.map(({ data }) => String(data["text/plain"])).join("\n"),
      };
    },
  };
}
