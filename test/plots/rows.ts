import assert from "node:assert/strict";
import type { TopLevelSpec } from "vega-lite";

/** What the tests read of a chart that gan-lib made. */
interface ReadableLayer {
  readonly data: { readonly values: readonly Record<string, unknown>[] };
  readonly mark: Readonly<Record<string, unknown>>;
  readonly encoding: Readonly<
    Record<
      string,
      {
        readonly title?: string;
        readonly scale?: Readonly<Record<string, unknown>>;
        readonly legend?: unknown;
        readonly axis?: { readonly tickCount?: number; readonly values?: readonly number[] };
      }
    >
  >;
}

/** The layers of a chart. */
export function layersOf(spec: TopLevelSpec): readonly ReadableLayer[] {
  assert.ok("layer" in spec, "the chart has layers");
  return spec.layer as unknown as readonly ReadableLayer[];
}

/** One layer of a chart. */
export function layerOf(spec: TopLevelSpec, index = 0): ReadableLayer {
  const layer = layersOf(spec)[index];
  assert.ok(layer !== undefined, `the chart has a layer ${index}`);
  return layer;
}

/** The rows of one series. */
export function rowsOf(
  spec: TopLevelSpec,
  series: string,
  layer = 0,
): readonly Record<string, unknown>[] {
  return layerOf(spec, layer).data.values.filter((row) => row["series"] === series);
}
