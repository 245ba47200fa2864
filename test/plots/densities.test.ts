import assert from "node:assert/strict";
import { test } from "node:test";
import { density1d } from "gan-lib/dist/plots/density1d";
import { density2d } from "gan-lib/dist/plots/density2d";
import { histogram1d } from "gan-lib/dist/plots/histogram1d";
import { scatter2d } from "gan-lib/dist/plots/scatter2d";
import { layerOf, layersOf, rowsOf } from "./rows";

test("density curves keep their own x values, and the alternative text says where they peak", () => {
  const spec = density1d({
    curves: { data: { x: [0, 1, 2], y: [0.1, 0.4, 0.1] }, model: { x: [-1, 5], y: [0.2, 0.1] } },
  });
  assert.deepEqual(
    rowsOf(spec, "model").map(({ x, y }) => [x, y]),
    [
      [-1, 0.2],
      [5, 0.1],
    ],
  );
  assert.equal(
    spec.description,
    "Curves of density over x from -1 to 5: data peaks at 1 with 0.4 and model peaks at -1 with 0.2.",
  );
  assert.throws(
    () => density1d({ curves: { data: { x: [0, 1], y: [1] } } }),
    /density1d: data: 1 values for 2 positions/,
  );
  assert.throws(
    () => density1d({ curves: { data: { x: [0, 1], y: [1, NaN] } } }),
    /densities of data must be finite numbers; number 1 is NaN/,
  );
  assert.throws(() => density1d({ curves: {} }), /at least one series/);
});

test("the bars of a histogram have the area of the samples inside the range", () => {
  const spec = histogram1d({ samples: { real: [0, 0.5, 1, 1, 9] }, bins: 2, domain: [0, 1] });
  const bars = rowsOf(spec, "real");
  assert.deepEqual(
    bars.map(({ start, end }) => [start, end]),
    [
      [0, 0.5],
      [0.5, 1],
    ],
  );
  assert.deepEqual(
    bars.map(({ density }) => density),
    [1 / (5 * 0.5), 3 / (5 * 0.5)],
  );
  assert.match(
    spec.description ?? "",
    /of real \(5 values, mean 2\.3, standard deviation 3\.37, 1 of them outside the range\)/,
  );
});

test("a density is drawn over a histogram in a colour of its own", () => {
  const spec = histogram1d({
    samples: { real: [0, 1, 2] },
    curves: { truth: { x: [0, 2], y: [0.5, 0.5] } },
  });
  assert.equal(layersOf(spec).length, 2);
  assert.equal(rowsOf(spec, "truth", 1).length, 2);
  assert.deepEqual(
    layerOf(spec, 1).encoding["color"]?.scale,
    layerOf(spec, 0).encoding["color"]?.scale,
  );
  assert.match(spec.description ?? "", /Drawn over it: truth\.$/);
});

test("samples that are all the same still make a histogram", () => {
  const bars = rowsOf(histogram1d({ samples: { a: [3, 3] }, bins: 1 }), "a");
  assert.deepEqual(bars, [{ start: 2.5, end: 3.5, density: 1, series: "a" }]);
});

test("histogram input that makes no sense is refused", () => {
  assert.throws(() => histogram1d({ samples: {} }), /at least one set of samples/);
  assert.throws(() => histogram1d({ samples: { a: [] } }), /samples of a are empty/);
  assert.throws(() => histogram1d({ samples: { a: [1, NaN] } }), /number 1 is NaN/);
  assert.throws(
    () => histogram1d({ samples: { a: [1] }, bins: 0 }),
    /bins must be a whole number of at least 1, got 0/,
  );
  assert.throws(
    () => histogram1d({ samples: { a: [1] }, domain: [1, 1] }),
    /domain must rise from low to high, got \[1, 1\]/,
  );
});

test("a scatter chart shows real and generated points, at most 1000 each, the same each time", () => {
  const real = Array.from({ length: 2500 }, (_, i): [number, number] => [i, -i]);
  const spec = scatter2d({ real, fake: [[1, 2]] });
  assert.equal(rowsOf(spec, "real").length, 1000);
  assert.equal(rowsOf(spec, "real").at(-1)?.["x"], 2497);
  assert.deepEqual(rowsOf(spec, "generated"), [{ x: 1, y: 2, series: "generated" }]);
  assert.deepEqual(spec, scatter2d({ real, fake: [[1, 2]] }));
  assert.match(
    spec.description ?? "",
    /2,500 real points \(1,000 of them drawn\) with x from 0 to 2,499 and y from -2,499 to 0 and 1 generated points/,
  );
  const others = scatter2d({ series: { hits: [[1, 2]], misses: [[3, 4]] } });
  assert.deepEqual(rowsOf(others, "misses"), [{ x: 3, y: 4, series: "misses" }]);
  assert.throws(() => scatter2d({}), /give `real`, `fake` or `series`/);
  assert.throws(() => scatter2d({ real: [] }), /scatter2d: real has no points/);
  assert.throws(
    () =>
      scatter2d({
        fake: [
          [0, 0],
          [NaN, 1],
        ],
      }),
    /scatter2d: generated: coordinates must be finite; point 1 is \[NaN, 1\]/,
  );
});

test("a plane density counts the points of each cell and leaves those outside out", () => {
  const points: [number, number][] = [
    [0, 0],
    [0.1, 0.2],
    [1, 1],
    [5, 0.5],
    [0.5, -3],
  ];
  const spec = density2d({ points, bins: 2, xDomain: [0, 1], yDomain: [0, 1] });
  assert.deepEqual(layerOf(spec).data.values, [
    { x: 0, x2: 0.5, y: 0, y2: 0.5, count: 2 },
    { x: 0.5, x2: 1, y: 0.5, y2: 1, count: 1 },
  ]);
  assert.match(spec.description ?? "", /Density of 5 points in 2 x 2 cells.*fullest cell holds 2/);
  assert.throws(() => density2d({ points: [] }), /has no points/);
  assert.throws(() => density2d({ points, bins: 1.5 }), /whole number/);
});
