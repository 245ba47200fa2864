/** Table and chart of the finished cells. */
import assert from "node:assert/strict";
import path from "node:path";
import { describe, test } from "node:test";
import type { Plan, PlanRow } from "gan-lib";
import { chartOf, summarizeRows, writeTable, type CellResult } from "gan-lib/experiments";
import pl from "nodejs-polars";
import type { TopLevelSpec } from "vega-lite";
import { plan, result, scratchFolder } from "./collected";

test("the table keeps types, and has a gap where a figure was not finite", () => {
  const file = path.join(scratchFolder("table"), "deep", "table.parquet");
  const mixed: Plan = { ...plan, settings: { updates: ["alternating"], penalty: ["none", 1] } };
  writeTable(mixed, [result("none", 1), result(1, 2, { distance: null })], file);
  const table = pl.readParquet(file);
  assert.deepEqual(table.columns, [
    "updates",
    "penalty",
    "seed",
    "steps",
    "distance",
    "farthest",
    "cpuSeconds",
  ]);
  const rows = table.rows() as unknown[][];
  assert.deepEqual(
    rows.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value))),
    [
      ["alternating", "none", 1, 200, 1, 2, 1],
      ["alternating", "1", 2, 200, null, 2, 1],
    ],
  );
});

describe("the chart", () => {
  const published = [
    {
      source: "a paper",
      settings: { penalty: "none", updates: "alternating" },
      figures: { distance: { mean: 3, standardError: 0.5 } },
    },
  ];

  type Dot = Readonly<Record<"series" | "low" | "mean" | "high", unknown>>;
  const panelsOf = (cells: readonly CellResult[]): unknown[][][] | undefined => {
    const chart = chartOf({ ...plan, published }, cells, summarizeRows(cells)) as
      { vconcat: { data: { values: Dot[] } }[] } | undefined;
    return chart?.vconcat.map(({ data }) =>
      data.values.map(({ series, low, mean, high }) => [series, low, mean, high]),
    );
  };

  test("has a panel a figure, our interval of one standard error, and the paper's", () => {
    assert.deepEqual(panelsOf([result("none", 1), result("none", 3)]), [
      [
        ["ours", 1, 2, 3],
        ["a paper", 2.5, 3, 3.5],
      ],
      [["ours", 2, 2, 2]],
    ]);
  });

  test("leaves out what is not finite, and is none where nothing is", () => {
    const gap = result("zero-centred", 1, { distance: null });
    assert.deepEqual(panelsOf([gap]), [[["ours", 2, 2, 2]]]);
    assert.equal(panelsOf([{ ...gap, figures: { distance: null, farthest: null } }]), undefined);
  });

  test("is the plan's own where it draws one", () => {
    let seen: readonly PlanRow[] = [];
    const own = { mark: "point" } as unknown as TopLevelSpec;
    const draw = (rows: readonly PlanRow[]): TopLevelSpec => {
      seen = rows;
      return own;
    };
    const rows = [result("none", 1)];
    assert.equal(chartOf({ ...plan, draw }, rows, []), own);
    assert.equal(seen, rows);
  });
});
