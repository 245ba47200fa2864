import assert from "node:assert/strict";
import { test } from "node:test";
import { heatmap, renderVega } from "gan-lib";
import { layerOf } from "./rows";

const options = {
  rows: { a: [50, 100], b: [75, 60] },
  columns: ["x", "y"],
  domain: [50, 100],
  title: "Accuracy, %",
} as const;

test("a cell stands at its row and column, with its value in words", () => {
  const said = heatmap({ ...options, say: (value, row, column) => `${row}${column} ${value}` });
  assert.deepEqual(layerOf(said).data.values, [
    { row: "a", column: "x", value: 50, said: "ax 50" },
    { row: "a", column: "y", value: 100, said: "ay 100" },
    { row: "b", column: "x", value: 75, said: "bx 75" },
    { row: "b", column: "y", value: 60, said: "by 60" },
  ]);
  assert.deepEqual(
    layerOf(heatmap(options), 1).data.values.map(({ said: words }) => words),
    ["50", "100", "75", "60"],
  );
});

test("rows and columns keep their order, whatever their names", () => {
  const { encoding } = layerOf(
    heatmap({ rows: { z: [1, 2], a: [3, 4] }, columns: ["n", "m"], domain: [0, 4] }),
  );
  assert.deepEqual(
    [encoding["y"], encoding["x"]].map((channel) => (channel as unknown as { sort: unknown }).sort),
    [
      ["z", "a"],
      ["n", "m"],
    ],
  );
});

test("the alternative text names the smallest and the largest value and where they are", () => {
  assert.equal(
    heatmap(options).description,
    "Accuracy, % for 2 rows and 2 columns, from 50 (a, x) to 100 (a, y).",
  );
});

test("each value is drawn on its colour", async (t) => {
  const warnings = t.mock.method(console, "warn", () => undefined);
  const { createCanvas, loadImage } = await import("canvas");
  const plain = heatmap({
    rows: { a: [0, 1] },
    columns: ["x", "y"],
    domain: [0, 1],
    say: () => "",
  });
  const image = await loadImage(await renderVega(plain));
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const has = (color: readonly number[]): boolean =>
    Array.from({ length: data.length / 4 }, (_, i) => i * 4).some((at) =>
      color.every((part, i) => Math.abs(data[at + i]! - part) <= 3),
    );
  assert.ok(has([0x44, 0x01, 0x54]) && has([0xfd, 0xe7, 0x25]), "the ends of viridis");
  assert.deepEqual(
    warnings.mock.calls.map((call) => call.arguments),
    [],
  );
});

test("short names of columns stand upright, long ones lean", () => {
  const angleOf = (columns: string[]): unknown => {
    const { x } = layerOf(heatmap({ ...options, columns })).encoding;
    return (x?.axis as { labelAngle?: number } | undefined)?.labelAngle;
  };
  assert.deepEqual([angleOf(["0", "10"]), angleOf(["0", "a detector"])], [0, -30]);
});

test("rows of another length, no rows and values that are not finite are refused", () => {
  assert.throws(
    () => heatmap({ ...options, rows: {} }),
    /at least one row and one column, got 0 and 2/,
  );
  assert.throws(() => heatmap({ ...options, columns: [] }), /got 2 and 0/);
  assert.throws(() => heatmap({ ...options, rows: { a: [1] } }), /heatmap: a/);
  assert.throws(() => heatmap({ ...options, rows: { a: [1, NaN] } }), /the values of a.*NaN/);
});
