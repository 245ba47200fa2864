import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanRow } from "gan-lib";
import { estimate, sortRows, summarizeRows } from "gan-lib/dist/experiments/summary";
import { publishedFor, sayEstimate, tableOf } from "gan-lib/dist/experiments/table";

function row(packing: number, seed: number, modes: number | null): PlanRow {
  return { settings: { packing }, seed, steps: 10, figures: { modes }, cpuSeconds: 1 };
}

test("mean and standard error of 2, 4, 6 and 8 are 5 and √(20/3)/2; of one value there is no error", () => {
  const { mean, standardError, count } = estimate([2, 4, 6, 8]);
  assert.deepEqual([mean, count], [5, 4]);
  assert.ok(standardError !== null && Math.abs(standardError - Math.sqrt(20 / 3) / 2) < 1e-12);
  assert.deepEqual(estimate([7, null]), { mean: 7, standardError: null, count: 1 });
  assert.equal(estimate([null]).count, 0);
});

test("an estimate says its error, and how many seeds failed", () => {
  assert.equal(sayEstimate({ mean: 18.2, standardError: null, count: 1 }), "18.2");
  assert.equal(
    sayEstimate({ mean: 18.2, standardError: 0.5, count: 2 }, 3),
    "18.20 ± 0.50 (2 of 3 seeds)",
  );
  assert.equal(sayEstimate(estimate([null]), 1), "not finite");
});

test("a mean has as many places as the two digits of its error", () => {
  const say = (mean: number, standardError: number): string =>
    sayEstimate({ mean, standardError, count: 3 });
  assert.equal(say(18.23456, 1.2666), "18.2 ± 1.3");
  assert.equal(say(36.38, 13.04), "36 ± 13");
  assert.equal(say(0.03732, 0.00066), "0.03732 ± 0.00066");
  assert.equal(say(0.4565, 0.00498), "0.4565 ± 0.0050");
  assert.equal(say(1234.5, 141), "1235 ± 140");
  assert.equal(say(1, 0.0999), "1.00 ± 0.10");
  assert.equal(say(10, 0), "10 ± 0");
});

test("a table's heads are words, with the unit", () => {
  const figures = { highQuality: { unit: "%" }, reverseKl: { unit: "nats" }, frechet: {}, kl: {} };
  const values = { highQuality: 50, reverseKl: 1, frechet: 2, kl: 3 };
  const only: PlanRow = { settings: {}, seed: 1, steps: 1, figures: values, cpuSeconds: 1 };
  assert.deepEqual(Object.keys(tableOf(summarizeRows([only]), figures)[0] ?? {}), [
    "source",
    "high quality (%)",
    "reverse KL (nats)",
    "Fréchet distance",
    "KL",
  ]);
});

test("rows are sorted by the order of the settings' values, then by seed, and summed up by settings", () => {
  const rows = sortRows([row(1, 2, 4), row(3, 1, 9), row(1, 1, 2), row(2, 1, null)], {
    packing: [3, 1, 2],
  });
  assert.deepEqual(
    rows.map(({ settings, seed }) => [settings["packing"], seed]),
    [
      [3, 1],
      [1, 1],
      [1, 2],
      [2, 1],
    ],
  );
  const summaries = summarizeRows(rows);
  assert.deepEqual(
    summaries.map(({ settings, seeds }) => [settings["packing"], seeds]),
    [
      [3, [1]],
      [1, [1, 2]],
      [2, [1]],
    ],
  );
  assert.deepEqual(summaries[1]?.figures, { modes: { mean: 3, standardError: 1, count: 2 } });
});

test("a paper's row stands below ours with its source, and only where its settings were run", () => {
  const published = [1, 4].map((packing) => ({
    source: "a paper, table 1",
    settings: { packing },
    figures: { modes: { mean: 17.3, standardError: 0.4 } },
  }));
  assert.deepEqual(
    tableOf(
      summarizeRows([row(1, 1, 2), row(1, 2, 4), row(2, 1, 5)]),
      { modes: { unit: "of 25" } },
      published,
    ),
    [
      { packing: 1, source: "ours, 2 seeds", "modes (of 25)": "3.0 ± 1.0" },
      { packing: 1, source: "a paper, table 1", "modes (of 25)": "17.3 ± 0.4" },
      { packing: 2, source: "ours, 1 seed", "modes (of 25)": "5" },
    ],
  );
});

test("a figure that a paper does not have is left empty in its row", () => {
  const published = [{ source: "a paper", settings: { packing: 1 }, figures: {} }];
  assert.equal(tableOf(summarizeRows([row(1, 1, 2)]), { modes: {} }, published)[1]?.["modes"], "");
});

test("a paper's row is found by all of its settings, in any order", () => {
  const published = [1, 2].map((packing) => ({
    source: `row ${packing}`,
    settings: { noise: "none", packing },
    figures: {},
  }));
  assert.deepEqual(
    publishedFor({ packing: 2, noise: "none" }, published).map(({ source }) => source),
    ["row 2"],
  );
});
