import assert from "node:assert/strict";
import { test } from "node:test";
import { vectorField2d, type VectorField } from "gan-lib/dist/plots/vectorField2d";
import { layerOf, layersOf, rowsOf } from "./rows";

const square = { xDomain: [-1, 1], yDomain: [-1, 1] } as const;
const turning: VectorField = (x, y) => [y, -x];

/** The arrows by their positions. */
const arrowsOf = (
  spec: ReturnType<typeof vectorField2d>,
): Map<string, { angle: number; size: number }> =>
  new Map(
    layerOf(spec).data.values.map(({ x, y, angle, size }) => [
      `${String(x)},${String(y)}`,
      { angle: angle as number, size: size as number },
    ]),
  );

test("arrows stand in the middle of equal cells and point where the field does, clockwise from the north", () => {
  const directions: [VectorField, number][] = [
    [() => [0, 1], 0],
    [() => [1, 0], 90],
    [() => [0, -1], 180],
    [() => [-1, 0], -90],
  ];
  for (const [field, angle] of directions) {
    const arrows = arrowsOf(vectorField2d({ field, ...square, arrows: 2 }));
    assert.deepEqual([...arrows.keys()], ["-0.5,-0.5", "-0.5,0.5", "0.5,-0.5", "0.5,0.5"]);
    for (const arrow of arrows.values()) assert.equal(arrow.angle, angle);
  }
});

test("the longest arrow fits between its neighbours, the others are shorter by the root of the field", () => {
  const arrows = arrowsOf(
    vectorField2d({ field: (x) => [x > 0 ? 2 : 1, 0], ...square, arrows: 2 }),
  );
  const [weak, strong] = [arrows.get("-0.5,0.5")!, arrows.get("0.5,0.5")!].map(({ size }) =>
    Math.sqrt(size),
  );
  assert.ok(Math.abs(strong! - (0.85 * 340) / 2) < 1e-9);
  assert.ok(Math.abs(weak! / strong! - Math.sqrt(0.5)) < 1e-9);
});

test("an arrow is turned as it looks: along y when that axis is the finer one", () => {
  const [arrow] = arrowsOf(
    vectorField2d({ field: () => [1, 1], xDomain: [-10, 10], yDomain: [-1, 1], arrows: 2 }),
  ).values();
  assert.ok(Math.abs(arrow!.angle - (Math.atan2(1, 10) * 180) / Math.PI) < 1e-9);
});

test("where the field is 0 there is no arrow", () => {
  assert.equal(arrowsOf(vectorField2d({ field: turning, ...square, arrows: 3 })).size, 8);
  assert.equal(arrowsOf(vectorField2d({ field: () => [0, 0], ...square })).size, 0);
});

test("paths are joined in order, begin with a dot, and are told in the alternative text", () => {
  const spec = vectorField2d({
    field: turning,
    ...square,
    paths: {
      out: [
        [0, 0.5],
        [0.5, 0],
        [2, 0],
      ],
      back: [[1, 1]],
    },
    xTitle: "theta",
    yTitle: "psi",
  });
  assert.deepEqual(
    rowsOf(spec, "out", 1).map(({ x, y, order }) => [x, y, order]),
    [
      [0, 0.5, 0],
      [0.5, 0, 1],
      [2, 0, 2],
    ],
  );
  assert.deepEqual(
    layerOf(spec, 2).data.values.map(({ series, x, y }) => [series, x, y]),
    [
      ["out", 0, 0.5],
      ["back", 1, 1],
    ],
  );
  assert.equal(layerOf(spec, 1).mark["clip"], true);
  assert.equal(
    spec.description,
    "Arrows of a vector field over theta from -1 to 1 and psi from -1 to 1. Paths: out from (0, 0.5) to (2, 0) and back from (1, 1) to (1, 1).",
  );
  assert.equal(layersOf(vectorField2d({ field: turning, ...square })).length, 1);
});

test("a long path is thinned and keeps its turning points", () => {
  const points = Array.from({ length: 20_000 }, (_, i): [number, number] => [
    Math.cos(i / 3000),
    i === 7777 ? 5 : Math.sin(i / 3000),
  ]);
  const drawn = rowsOf(
    vectorField2d({ field: turning, ...square, paths: { long: points } }),
    "long",
    1,
  );
  assert.ok(drawn.length <= 800);
  assert.deepEqual(drawn.filter(({ y }) => y === 5).length, 1);
  const order = drawn.map((row) => row["order"] as number);
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test("input that makes no sense is refused by name", () => {
  assert.throws(
    () => vectorField2d({ field: turning, xDomain: [1, 1], yDomain: [0, 1] }),
    /xDomain must rise from low to high, got \[1, 1\]/,
  );
  assert.throws(
    () => vectorField2d({ field: turning, xDomain: [0, 1], yDomain: [NaN, 1] }),
    /yDomain must rise/,
  );
  assert.throws(
    () => vectorField2d({ field: turning, ...square, arrows: 1 }),
    /arrows must be a whole number from 2 to 50, got 1/,
  );
  assert.throws(
    () => vectorField2d({ field: (x) => [1 / (x - x), 0], ...square, arrows: 2 }),
    /the field at \(-0\.5, -0\.5\) must be finite, got \[Infinity, 0\]/,
  );
  assert.throws(
    () => vectorField2d({ field: turning, ...square, paths: { a: [] } }),
    /vectorField2d: a has no points/,
  );
  assert.throws(
    () =>
      vectorField2d({
        field: turning,
        ...square,
        paths: {
          a: [
            [0, 0],
            [NaN, 1],
          ],
        },
      }),
    /vectorField2d: a: coordinates must be finite; point 1 is \[NaN, 1\]/,
  );
});
