import type { TopLevelSpec } from "vega-lite";
import { RENDER_SCALE, renderVega } from "../plots/render";
import type { MimeBundle } from "./mime";

const VEGA_LITE_MIME = "application/vnd.vegalite.v5+json";
const VEGA_LITE_SCHEMA = /\/schema\/vega-lite\/v5(\.|$)/;

/** Whether a value says by its `$schema` that it is a Vega-Lite 5 chart. */
export function isVegaLite(value: object): value is TopLevelSpec {
  const { $schema } = value as { readonly $schema?: unknown };
  return typeof $schema === "string" && VEGA_LITE_SCHEMA.test($schema);
}

/** Width and height stand in the first chunk of every PNG. */
function pngSize(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/**
 * A chart as JupyterLab draws it, as the PNG that GitHub and exported pages show, and as text.
 *
 * @param alt Alternative text; the chart's own description where left out.
 */
export async function chartBundle(
  spec: TopLevelSpec,
  alt = spec.description ?? "Vega-Lite chart without a description.",
): Promise<MimeBundle> {
  const described = { ...spec, description: alt };
  const png = await renderVega(described);
  const { width, height } = pngSize(png);
  return {
    data: { [VEGA_LITE_MIME]: described, "image/png": png.toString("base64"), "text/plain": alt },
    metadata: { "image/png": { alt, width: width / RENDER_SCALE, height: height / RENDER_SCALE } },
  };
}
