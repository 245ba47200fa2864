import assert from "node:assert/strict";
import { test } from "node:test";
import type { TopLevelSpec } from "vega-lite";
import { createCanvas, loadImage } from "canvas";
import { density1d } from "gan-lib/dist/plots/density1d";
import { density2d } from "gan-lib/dist/plots/density2d";
import { histogram1d } from "gan-lib/dist/plots/histogram1d";
import { lineChart } from "gan-lib/dist/plots/lineChart";
import { lossCurves, probabilityCurves } from "gan-lib/dist/plots/measureCurves";
import { renderVega } from "gan-lib/dist/plots/render";
import { scatter2d } from "gan-lib/dist/plots/scatter2d";
import { CHART_CONFIG } from "gan-lib/dist/plots/theme";

const step = {
  step: 1,
  discriminatorLoss: 1,
  generatorLoss: NaN,
  realProbability: 0.5,
  fakeProbability: 0.5,
};
const charts: Readonly<Record<string, TopLevelSpec>> = {
  lossCurves: lossCurves([step]),
  probabilityCurves: probabilityCurves([step]),
  "lineChart, logarithmic": lineChart({
    x: [1, 2],
    series: { a: [0.1, 10] },
    xTitle: "x",
    yTitle: "y",
    yScale: "log",
  }),
  density1d: density1d({ curves: { a: { x: [0, 1], y: [0, 1] } } }),
  histogram1d: histogram1d({ samples: { a: [0, 1, 1] }, curves: { b: { x: [0, 1], y: [0, 1] } } }),
  scatter2d: scatter2d({
    real: [
      [0, 0],
      [1, 1],
    ],
  }),
  density2d: density2d({
    points: [
      [0, 0],
      [1, 1],
    ],
  }),
};

for (const [name, spec] of Object.entries(charts)) {
  test(`${name} is drawn twice as large as the chart, and Vega has nothing to warn of`, async (t) => {
    const warnings = t.mock.method(console, "warn", () => undefined);
    const { width, height } = await loadImage(await renderVega(spec));
    const plane = spec as unknown as { width: number; height: number };
    assert.ok(width >= 2 * plane.width && height >= 2 * plane.height, `${width} x ${height}`);
    assert.deepEqual(
      warnings.mock.calls.map((call) => call.arguments),
      [],
    );
  });
}

test("there is a font to write with", () => {
  const context = createCanvas(1, 1).getContext("2d");
  context.font = `16px ${CHART_CONFIG.font}`;
  // Without any font each letter is the same empty box, as wide as any other.
  assert.ok(
    2 * context.measureText("iiii").width < context.measureText("MMMM").width,
    "install a font, such as Debian's fonts-dejavu-core",
  );
});

test("a specification that Vega-Lite cannot read is refused", async () => {
  const spec = {
    $schema: charts["density1d"]?.$schema,
    mark: "no such mark",
    data: { values: [{ a: 1 }] },
    encoding: {},
  };
  await assert.rejects(renderVega(spec as unknown as TopLevelSpec));
});
