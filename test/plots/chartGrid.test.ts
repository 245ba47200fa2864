import assert from "node:assert/strict";
import { test } from "node:test";
import { chartGrid, lineChart, renderVega, scatter2d } from "gan-lib";

const line = (title: string): ReturnType<typeof lineChart> =>
  lineChart({ x: [0, 1], series: { a: [0, 1] }, xTitle: "step", yTitle: "loss", title });

interface Marked {
  readonly axis: { readonly tickCount?: unknown };
}

interface Grid {
  readonly columns: number;
  readonly concat: readonly Readonly<Record<string, unknown>>[];
  readonly description: string;
}

test("a grid holds its charts in order, in the given size, without what only a whole chart has", async () => {
  const grid = chartGrid([line("left"), line("right")], { columns: 2, size: 100 });
  const { columns, concat, description } = grid as unknown as Grid;
  assert.equal(columns, 2);
  assert.deepEqual(
    concat.map(({ title, width, height }) => [title, width, height]),
    [
      ["left", 100, 100],
      ["right", 100, 100],
    ],
  );
  assert.ok(concat.every((part) => !("$schema" in part) && !("config" in part)));
  assert.match(description, /^left: Line chart of a .* right: Line chart of a /);
  const [pair, single] = [
    await renderVega(grid),
    await renderVega(chartGrid([line("left")], { columns: 2, size: 100 })),
  ];
  const widthOf = (png: Buffer): number => png.readUInt32BE(16);
  assert.ok(
    widthOf(pair) > 1.5 * widthOf(single),
    `${widthOf(pair)} and ${widthOf(single)} pixels`,
  );
});

test("a reference line is labelled beside the plot, however small that is", async () => {
  const withLine = lineChart({
    x: [0, 1],
    series: { a: [0, 1] },
    xTitle: "step",
    yTitle: "loss",
    reference: { y: 0.5, label: "half" },
  });
  const png = await renderVega(chartGrid([withLine], { columns: 1, size: 100 }));
  assert.ok(png.readUInt32BE(16) < 2 * 250, `${png.readUInt32BE(16)} pixels wide`);
});

test("a small chart has as many marks on its axes as there is room for", () => {
  const marksOf = (size?: number): unknown[] => {
    const options = { columns: 1, ...(size === undefined ? {} : { size }) };
    const grid = chartGrid([scatter2d({ real: [[0, 1]] })], options) as unknown as Grid;
    const [layer] = (grid.concat[0] as { layer: { encoding: Record<string, Marked> }[] }).layer;
    return ["x", "y"].map((channel) => layer?.encoding[channel]?.axis.tickCount);
  };
  assert.deepEqual(marksOf(), [6, 6]);
  assert.deepEqual(marksOf(100), [3, 3]);
  assert.deepEqual(marksOf(150), [3, 5]);
  assert.deepEqual(marksOf(240), [5, 6]);
});

test("charts keep their own size where none is given", () => {
  const [own] = (chartGrid([line("own")], { columns: 1 }) as unknown as Grid).concat;
  const chart = line("own") as unknown as { readonly width: number; readonly height: number };
  assert.deepEqual([own?.["width"], own?.["height"]], [chart.width, chart.height]);
});

test("no charts and no columns are refused", () => {
  assert.throws(() => chartGrid([], { columns: 1 }), /at least one chart/);
  assert.throws(() => chartGrid([line("a")], { columns: 0 }), /at least 1, got 0/);
});

test("charts whose colours mean the same share one legend, others keep their own", async () => {
  const other = lineChart({ x: [0, 1], series: { b: [0, 1] }, xTitle: "step", yTitle: "loss" });
  const resolved = (charts: Parameters<typeof chartGrid>[0]): unknown =>
    (chartGrid(charts, { columns: 2 }) as unknown as { resolve: { scale: { color: string } } })
      .resolve.scale.color;
  assert.equal(resolved([line("left"), line("right")]), "shared");
  assert.equal(resolved([line("left"), other]), "independent");
  assert.ok((await renderVega(chartGrid([line("a"), line("b")], { columns: 2 }))).length > 1000);
});
