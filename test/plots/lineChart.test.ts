import assert from "node:assert/strict";
import { test } from "node:test";
import { lineChart } from "gan-lib/dist/plots/lineChart";
import { renderVega } from "gan-lib/dist/plots/render";
import { layerOf, layersOf, rowsOf } from "./rows";

const axes = { xTitle: "D(G(z))", yTitle: "gradient" };

test("a line chart has its data, titles, colours and an alternative text made from the data", () => {
  const spec = lineChart({
    x: [1, 2, 4],
    series: { saturating: [0.1, 0.2, 0.30004], other: Float32Array.of(3, 2, 1) },
    ...axes,
    title: "Gradients",
  });
  assert.equal(spec.$schema, "https://vega.github.io/schema/vega-lite/v5.json");
  assert.equal(spec.title, "Gradients");
  assert.equal(
    spec.description,
    "Line chart of saturating and other over D(G(z)) from 1 to 4; the last values are 0.3 and 1.",
  );
  assert.deepEqual(
    rowsOf(spec, "other"),
    [1, 2, 4].map((x, i) => ({ x, y: 3 - i, series: "other" })),
  );
  const { encoding } = layerOf(spec);
  assert.equal(encoding["x"]?.title, "D(G(z))");
  assert.equal(encoding["y"]?.title, "gradient");
  assert.deepEqual(encoding["color"]?.scale?.["domain"], ["saturating", "other"]);
  const colors = encoding["color"].scale["range"] as string[];
  assert.equal(new Set(colors).size, 2);
});

test("values that are not finite become gaps, and the alternative text counts them", () => {
  const spec = lineChart({ x: [1, 2, 3, 4], series: { a: [1, NaN, Infinity, 2] }, ...axes });
  assert.deepEqual(
    rowsOf(spec, "a").map(({ y }) => y),
    [1, null, null, 2],
  );
  assert.match(
    spec.description ?? "",
    /the last value is 2\. Values that are not finite are left as gaps: 2 of a\.$/,
  );
});

test("a point that stands alone is a dot, in a long series too", () => {
  const x = Array.from({ length: 41 }, (_, i) => i);
  const jumps = x.map((at) => (at === 20 ? NaN : 1));
  const alone = x.map((at) => (at === 20 ? 0.25 : NaN));
  const layers = layersOf(lineChart({ x, series: { jumps, alone }, ...axes }));
  assert.equal(layers.length, 2);
  assert.deepEqual(layers[1]?.data.values, [{ x: 20, y: 0.25, series: "alone" }]);
  assert.equal(layersOf(lineChart({ x, series: { jumps }, ...axes })).length, 1);
});

test("a legend that is longer than the chart has several lines", () => {
  const named = (names: readonly string[]) =>
    layerOf(
      lineChart({ x: [1], series: Object.fromEntries(names.map((name) => [name, [1]])), ...axes }),
    ).encoding["color"]?.legend;
  assert.equal(named(["real", "generated"]), undefined);
  assert.deepEqual(named(Array.from({ length: 7 }, (_, i) => `minibatch deviation ${i}`)), {
    columns: 2,
  });
});

test("a long series is drawn with at most 400 points", () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i);
  const spec = lineChart({ x, series: { a: x.map(Math.sin), b: x }, ...axes });
  assert.ok(rowsOf(spec, "a").length <= 400);
  assert.equal(rowsOf(spec, "b").at(-1)?.["x"], 9999);
});

test("whole-number axes of a few steps are not divided further", () => {
  const chart = (wholeX: boolean) =>
    lineChart({ x: [1, 2, 3], series: { a: [1, 2, 3] }, wholeX, ...axes });
  assert.equal(layerOf(chart(true)).encoding["x"]?.axis?.tickCount, 2);
  assert.equal(layerOf(chart(false)).encoding["x"]?.axis?.tickCount, 6);
});

test("the scale, the domain and the reference line are as asked for", () => {
  const spec = lineChart({
    x: [1, 2],
    series: { a: [1, 10] },
    yScale: "log",
    yDomain: [0.1, 10],
    reference: { y: 0.69, label: "log 2" },
    description: "Mine.",
    ...axes,
  });
  assert.equal(spec.description, "Mine.");
  assert.deepEqual(layerOf(spec).encoding["y"]?.scale, { type: "log", domain: [0.1, 10] });
  assert.deepEqual(
    layersOf(spec)
      .slice(1)
      .map(({ data }) => data.values),
    [[{ y: 0.69, label: "log 2" }], [{ y: 0.69, label: "log 2" }]],
  );
});

test("a logarithmic axis is marked at a few round values", () => {
  const spec = lineChart({
    x: [0.003, 0.03, 0.3],
    series: { a: [1.5e-6, NaN, 170] },
    xScale: "log",
    yScale: "log",
    ...axes,
  });
  const { encoding } = layerOf(spec);
  assert.deepEqual(encoding["x"]?.axis, { values: [0.003, 0.01, 0.03, 0.1, 0.3] });
  assert.deepEqual(encoding["y"]?.axis, { values: [1e-6, 1e-4, 0.01, 1, 100] });
});

test("the alternative text says the rightmost value that there is", () => {
  const x = [3, 2, 1];
  const series = { a: [7, 8, 9], b: [NaN, 8, 9], c: [NaN, NaN, NaN] };
  const { description } = lineChart({ x, series, ...axes });
  assert.match(description ?? "", /the last values are 7, 8 and –\./);
});

test("the alternative text writes counts in full and others with three digits", () => {
  const { description } = lineChart({ x: [1, 98765], series: { a: [0, 1234.56] }, ...axes });
  assert.match(description ?? "", /from 1 to 98,765; the last value is 1,230\./);
});

test("a logarithmic x axis is as asked for", () => {
  const spec = lineChart({ x: [0.01, 1], series: { a: [1, 2] }, xScale: "log", ...axes });
  assert.deepEqual(layerOf(spec).encoding["x"]?.scale, { type: "log", nice: false });
});

test("intervals stand around their values in the colours of their series, where they are known", async (t) => {
  const warnings = t.mock.method(console, "warn", () => undefined);
  const options = { x: [1, 2, 3], series: { a: [1, 2, 3], b: [4, NaN, 6] }, ...axes };
  const spec = lineChart({ ...options, errors: { b: [0.5, 0.5, NaN] } });
  assert.deepEqual(rowsOf(spec, "b", 1), [{ x: 1, low: 3.5, high: 4.5, series: "b" }]);
  assert.deepEqual(rowsOf(spec, "a", 1), []);
  assert.deepEqual(layerOf(spec, 1).encoding["color"], layerOf(spec).encoding["color"]);
  assert.equal(layersOf(lineChart({ ...options, errors: { a: [NaN, NaN, NaN] } })).length, 1);
  assert.throws(
    () => lineChart({ ...options, errors: { a: [1] } }),
    /lineChart: errors of a: 1 values for 3 positions/,
  );
  await renderVega(spec);
  assert.deepEqual(
    warnings.mock.calls.map((call) => call.arguments),
    [],
  );
});

test("input that makes no sense is refused by name", () => {
  assert.throws(() => lineChart({ x: [], series: { a: [] }, ...axes }), /the x values are empty/);
  assert.throws(
    () => lineChart({ x: [1, NaN], series: { a: [1, 2] }, ...axes }),
    /x values must be finite numbers; number 1 is NaN/,
  );
  assert.throws(
    () => lineChart({ x: [1, 2], series: { a: [1] }, ...axes }),
    /lineChart: a: 1 values for 2 positions/,
  );
  assert.throws(() => lineChart({ x: [1, 2], series: {}, ...axes }), /at least one series/);
});
