import type { TopLevelSpec } from "vega-lite";

/** Pixels of a PNG for each pixel of the chart: charts stay sharp on dense screens. */
export const RENDER_SCALE = 2;

/**
 * Draws a Vega-Lite chart as a PNG, {@link RENDER_SCALE} times its size in pixels. Vega and canvas are loaded on first use.
 *
 * @throws Error when Vega-Lite rejects the specification, or when canvas is not built.
 */
export async function renderVega(spec: TopLevelSpec): Promise<Buffer> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" });
  try {
    const canvas = (await view.toCanvas(RENDER_SCALE)) as unknown as { toBuffer(mime: "image/png"): Buffer };
    return canvas.toBuffer("image/png");
  } finally {
    view.finalize();
  }
}
