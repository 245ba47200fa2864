import assert from "node:assert/strict";
import { test } from "node:test";
import { lineChart, lossCurves, renderVega } from "gan-lib";
import { smoothed, windowOf } from "gan-lib/dist/plots/smooth";
import { layersOf, rowsOf } from "./rows";

const axes = { xTitle: "step", yTitle: "loss" };
const series = (length: number, of: (i: number) => number): number[] =>
  Array.from({ length }, (_, i) => of(i));
/** Noise of standard deviation about 0.09 around 0.4, as of D(G(z)) in lesson 11; the same each time. */
const noisy = series(5000, (i) => 0.4 + 0.13 * Math.sin(7919 * i * i));

test("a moving average is the mean around each value, and at the ends of those that there are", () => {
  const { indices, means } = smoothed([1, 2, 6, 4, 5], 3);
  assert.deepEqual(indices, [0, 1, 2, 3, 4]);
  assert.deepEqual(means, [1.5, 3, 4, 5, 4.5]);
});

test("values that are not finite are left out of the means and stay gaps; a spike does not outlast its window", () => {
  const values = series(200, (i) => (i === 50 ? NaN : i === 60 ? 1e20 : 1));
  const { means } = smoothed(values, 5);
  assert.ok(Number.isNaN(means[50]));
  assert.deepEqual([means[49], means[51], means[57], means[63]], [1, 1, 1, 1]);
  assert.ok((means[60] ?? 0) > 1e19);
});

test("a long noisy series is drawn pale, and over it what it averages", () => {
  const x = series(5000, (i) => i + 1);
  const spec = lineChart({ x, series: { a: noisy }, smooth: true, ...axes });
  const [raw, line] = layersOf(spec);
  assert.ok(Number(raw?.mark["strokeOpacity"]) < 0.5);
  assert.equal(line?.mark["strokeOpacity"], undefined);
  const spread = (layer: number): number => {
    const values = rowsOf(spec, "a", layer).map(({ y }) => Number(y));
    return Math.max(...values) - Math.min(...values);
  };
  assert.ok(spread(0) > 0.25, `${spread(0)}`);
  assert.ok(spread(1) < 0.14, `${spread(1)}`);
  const drawn = rowsOf(spec, "a", 1);
  assert.ok(drawn.length <= 400);
  assert.deepEqual([drawn[0]?.["x"], drawn.at(-1)?.["x"]], [1, 5000]);
  assert.match(spec.description ?? "", /moving averages over 127 values, and pale the raw values/);
});

test("short series and exact curves are drawn as they are", () => {
  const x = series(99, (i) => i);
  assert.equal(layersOf(lineChart({ x, series: { a: x }, smooth: true, ...axes })).length, 1);
  const long = series(500, (i) => i);
  assert.equal(layersOf(lineChart({ x: long, series: { a: long }, ...axes })).length, 1);
});

test("losses of training are smoothed, and the chart can be drawn", async () => {
  const history = noisy.slice(0, 300).map((loss, i) => ({ step: i + 1, generatorLoss: loss }));
  const spec = lossCurves(history);
  assert.equal(layersOf(spec).length, 2);
  assert.ok((await renderVega(spec)).length > 1000);
  assert.equal(windowOf(300), 9);
});
