import assert from "node:assert/strict";
import { test } from "node:test";
import { surface2d, type Surface2dOptions } from "gan-lib/dist/plots/surface2d";
import { layerOf, layersOf, rowsOf } from "./rows";

const plane: Surface2dOptions = {
  evaluate: (points) => points.map(([x, y]) => x + 10 * y),
  xDomain: [0, 2],
  yDomain: [0, 4],
  cells: 2,
};

test("a surface has the function's value at the middle of each cell", () => {
  assert.deepEqual(layerOf(surface2d(plane)).data.values, [
    { x: 0, x2: 1, y: 0, y2: 2, value: 10.5 },
    { x: 1, x2: 2, y: 0, y2: 2, value: 11.5 },
    { x: 0, x2: 1, y: 2, y2: 4, value: 30.5 },
    { x: 1, x2: 2, y: 2, y2: 4, value: 31.5 },
  ]);
});

test("the function is called once, with every cell of the grid", () => {
  const calls: number[] = [];
  surface2d({
    ...plane,
    cells: 5,
    evaluate: (points) => (calls.push(points.length), points.map(() => 0)),
  });
  assert.deepEqual(calls, [25]);
});

test("the colours change at round values, and the alternative text says where the least and the greatest are", () => {
  const spec = surface2d({ ...plane, valueTitle: "f(x)" });
  const levels = [12, 14, 16, 18, 20, 22, 24, 26, 28, 30];
  assert.deepEqual(layerOf(spec).encoding["fill"]?.scale?.["domain"], levels);
  assert.equal(
    spec.description,
    "Surface over x from 0 to 2 and y from 0 to 4: from 10.5 at [0.5, 1] to 31.5 at [1.5, 3].",
  );
});

test("a flat surface and one of tiny values have levels too", () => {
  const levelsOf = (scale: number): unknown =>
    layerOf(surface2d({ ...plane, evaluate: (points) => points.map(([x]) => x * scale) })).encoding[
      "fill"
    ]?.scale?.["domain"];
  assert.deepEqual(levelsOf(0), [0]);
  assert.deepEqual(
    levelsOf(1e-4),
    [0.00006, 0.00007, 0.00008, 0.00009, 0.0001, 0.00011, 0.00012, 0.00013, 0.00014],
  );
});

test("samples lie over the surface, at most 400 of each kind", () => {
  const real = Array.from({ length: 1000 }, (_, i): [number, number] => [i / 500, 1]);
  const spec = surface2d({ ...plane, real, fake: [[1, 2]] });
  assert.equal(layersOf(spec).length, 2);
  assert.equal(rowsOf(spec, "real", 1).length, 400);
  assert.deepEqual(rowsOf(spec, "generated", 1), [{ x: 1, y: 2, series: "generated" }]);
  assert.match(
    spec.description ?? "",
    /Drawn over it: 1,000 real points and 1 generated points\.$/,
  );
});

test("what cannot be drawn is refused by name", () => {
  assert.throws(
    () => surface2d({ ...plane, cells: 0 }),
    /surface2d: cells must be a whole number of at least 1, got 0/,
  );
  assert.throws(
    () => surface2d({ ...plane, xDomain: [1, 1] }),
    /the x domain must rise from low to high, got \[1, 1\]/,
  );
  assert.throws(
    () => surface2d({ ...plane, evaluate: () => [1] }),
    /one value for each of the 4 points, got 1/,
  );
  assert.throws(
    () => surface2d({ ...plane, evaluate: (points) => points.map(([x]) => (x > 1 ? NaN : 0)) }),
    /values must be finite, got NaN at \[1\.5, 1\]/,
  );
  assert.throws(() => surface2d({ ...plane, real: [] }), /surface2d: real has no points/);
  assert.throws(
    () => surface2d({ ...plane, fake: [[0, NaN]] }),
    /surface2d: generated: coordinates must be finite/,
  );
});
