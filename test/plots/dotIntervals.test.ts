import assert from "node:assert/strict";
import { test } from "node:test";
import { createCanvas, loadImage } from "canvas";
import { dotIntervals } from "gan-lib/dist/plots/dotIntervals";
import { renderVega } from "gan-lib/dist/plots/render";
import { layersOf } from "./rows";

const dots = [
  { label: "packing 1", mean: 15, error: 1, series: "ours" },
  { label: "packing 1", mean: 17, series: "a paper" },
  { label: "packing 2", mean: 22, error: 0.5, series: "ours" },
];

test("each panel has its dots and intervals, one colour a series, and the text says all of them", () => {
  const spec = dotIntervals({ panels: { modes: dots, loss: dots.slice(2) } });
  assert.ok("vconcat" in spec && spec.vconcat.length === 2);
  const [modes] = spec.vconcat as unknown as [
    typeof spec & { data: { values: Record<string, unknown>[] } },
  ];
  assert.deepEqual(
    modes.data.values.map(({ label, low, mean, high }) => [label, low, mean, high]),
    [
      ["packing 1", 14, 15, 16],
      ["packing 1", 17, 17, 17],
      ["packing 2", 21.5, 22, 22.5],
    ],
  );
  const [rule] = layersOf(modes);
  assert.deepEqual(rule?.encoding["color"]?.scale?.["domain"], ["ours", "a paper"]);
  assert.equal(
    spec.description,
    "Dots with intervals. modes: packing 1 15 ± 1 (ours), packing 1 17 (a paper) and packing 2 22 ± 0.5 (ours). loss: packing 2 22 ± 0.5 (ours).",
  );
});

test("of many dots the text says the least and the greatest of each series", () => {
  const many = Array.from({ length: 7 }, (_, i) => [
    { label: `row ${i}`, mean: 10 * i, error: 1, series: "ours" },
    { label: `row ${i}`, mean: 100 - i, series: "a paper" },
  ]).flat();
  assert.equal(
    dotIntervals({ panels: { modes: many } }).description,
    "Dots with intervals. modes: ours from row 0 0 ± 1 to row 6 60 ± 1 and a paper from row 6 94 to row 0 100.",
  );
});

test("it is drawn, and Vega has nothing to warn of", async (t) => {
  const warnings = t.mock.method(console, "warn", () => undefined);
  const image = await loadImage(
    await renderVega(dotIntervals({ panels: { modes: dots }, title: "Packing" })),
  );
  assert.deepEqual(
    warnings.mock.calls.map((call) => call.arguments),
    [],
  );
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colors = new Set<string>();
  for (let i = 0; i < data.length; i += 4) colors.add([data[i], data[i + 1], data[i + 2]].join());
  assert.ok(
    colors.has("0,114,178") && colors.has("213,94,0"),
    "a dot of each series is drawn in its colour",
  );
});

test("a row of four series is not four rows high", async () => {
  const [labels, series] = [Array.from("abcdefgh"), ["one", "two", "three", "four"]];
  const many = labels.flatMap((label, i) =>
    series.map((each, j) => ({ label, mean: i + j / 10, series: each })),
  );
  const { height } = await loadImage(await renderVega(dotIntervals({ panels: { modes: many } })));
  const { height: other } = await loadImage(
    await renderVega(dotIntervals({ panels: { modes: many.slice(0, 16) } })),
  );
  const row = (height - other) / 4; // in pixels of a picture at twice the size
  assert.ok(row <= 120, `${row} pixels a row`);
});

test("values that are not finite, and panels without any, are errors", () => {
  assert.throws(() => dotIntervals({ panels: {} }), /at least one panel/);
  assert.throws(() => dotIntervals({ panels: { modes: [] } }), /the means of modes are empty/);
  assert.throws(
    () => dotIntervals({ panels: { modes: [{ label: "a", mean: NaN, series: "ours" }] } }),
    /the means of modes must be finite/,
  );
  assert.throws(
    () =>
      dotIntervals({
        panels: { modes: [{ label: "a", mean: 1, error: Infinity, series: "ours" }] },
      }),
    /the errors of modes must be finite/,
  );
});
