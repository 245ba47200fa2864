import type { Canvas } from "canvas";
import type { TopLevelSpec } from "vega-lite";

/** Pixels of a PNG for each pixel of the chart: charts stay sharp on dense screens. */
export const RENDER_SCALE = 2;

/** Half the time of canvas's default of 6, for files a few per cent larger. */
const COMPRESSION = 2;

/**
 * Draws a Vega-Lite chart as a PNG, twice its size in pixels. Vega and canvas are loaded on first use.
 *
 * @throws Error when Vega-Lite rejects the specification, or when canvas is not built.
 */
export async function renderVega(spec: TopLevelSpec): Promise<Buffer> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" });
  try {
    const canvas = (await view.toCanvas(RENDER_SCALE)) as unknown as Canvas;
    return canvas.toBuffer("image/png", { compressionLevel: COMPRESSION });
  } finally {
    view.finalize();
  }
}

/**
 * Draws an SVG as a PNG, twice its size in pixels. sharp is loaded on first use.
 *
 * @throws Error when the SVG is not well-formed.
 */
export async function renderSvg(svg: string): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  // SVG counts 72 dots an inch.
  return sharp(Buffer.from(svg), { density: 72 * RENDER_SCALE })
    .png()
    .toBuffer();
}
