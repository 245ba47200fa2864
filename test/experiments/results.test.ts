import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { experimentResults, type KeptRun, type PlanRow } from "gan-lib";

const folder = mkdtempSync(path.join(tmpdir(), "results-"));
after(() => rmSync(folder, { recursive: true }));

function row(packing: number, seed: number, steps: number, modes: number): PlanRow {
  return { settings: { packing }, seed, steps, figures: { modes }, cpuSeconds: 1 };
}

function keep(plan: string, runs: Pick<KeptRun, "steps" | "rows">[]): void {
  const kept = {
    plan,
    version: 1,
    description: "Packing.",
    settings: { packing: [2, 1] },
    figures: { modes: {} },
    published: [],
    runs,
  };
  writeFileSync(path.join(folder, `${plan}.json`), JSON.stringify(kept));
}

test("the rows of all runs come in the plan's order, summed up and as a table", () => {
  keep("packing", [
    { steps: 10, rows: [row(1, 1, 10, 5), row(2, 1, 10, 8)] },
    { steps: 10, rows: [row(1, 2, 10, 7)] },
  ]);
  const { steps, rows, summary, table, runs } = experimentResults("packing", { folder });
  assert.equal(steps, 10);
  assert.deepEqual(
    rows.map(({ settings, seed }) => [settings["packing"], seed]),
    [
      [2, 1],
      [1, 1],
      [1, 2],
    ],
  );
  assert.deepEqual(summary[1]?.figures, { modes: { mean: 6, standardError: 1, count: 2 } });
  assert.deepEqual(table[1], { packing: 1, source: "ours, 2 seeds", modes: "6.0 ± 1.0" });
  assert.equal(runs.length, 2);
});

test("rows of other numbers of steps are chosen by it, and never mixed", () => {
  keep("lengths", [
    { steps: 10, rows: [row(1, 1, 10, 5)] },
    { steps: 20, rows: [row(1, 1, 20, 9)] },
  ]);
  assert.deepEqual(
    experimentResults("lengths", { folder, steps: 20 }).rows.map(({ steps }) => steps),
    [20],
  );
  assert.throws(
    () => experimentResults("lengths", { folder }),
    /several numbers of steps are kept: 10, 20\. Choose one: \{ steps: 10 \}/,
  );
  assert.throws(
    () => experimentResults("lengths", { folder, steps: 30 }),
    /no results of "lengths" with 30 steps are kept, only with 10, 20\. Make them: npm run experiment -- lengths --steps 30 --keep/,
  );
});

test("results that are missing are an error with the command that makes them, and a list of those that there are", () => {
  keep("packing", []);
  assert.throws(
    () => experimentResults("nowhere", { folder }),
    /no results of "nowhere" are kept in results\/experiments\/\. Make them: npm run experiment -- nowhere --keep \(Kept: (lengths, )?packing\.\)/,
  );
});
