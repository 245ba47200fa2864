import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { experimentResults, type KeptRun, type Plan } from "gan-lib";
import { keepResults, type CellResult } from "gan-lib/experiments";
import { addRun } from "gan-lib/dist/experiments/runner/keep";
import { plan, result, scratchFolder } from "./collected";

const origin = { machine: { cores: 2 }, versions: { node: "v20" } };

describe("results that are kept", () => {
  const folder = scratchFolder("kept");
  const keep = (results: readonly CellResult[], command: string, of: Plan = plan): string =>
    keepResults(of, results, { ...origin, command, folder });
  const read = (): { runs: KeptRun[] } =>
    JSON.parse(readFileSync(path.join(folder, "dirac-gan.json"), "utf8")) as { runs: KeptRun[] };

  test("are extended by new seeds, each run with its own command, and read by a lesson", () => {
    keep([result("none", 1)], "first");
    keep([result("none", 1), result("none", 2)], "second");
    assert.deepEqual(
      read().runs.map(({ command, rows }) => [command, rows.map(({ seed }) => seed)]),
      [
        ["first", [1]],
        ["second", [2]],
      ],
    );
    const { rows, summary, runs } = experimentResults("dirac-gan", { folder });
    assert.deepEqual(
      rows.map(({ seed }) => seed),
      [1, 2],
    );
    assert.deepEqual(summary[0]?.figures["distance"], { mean: 1.5, standardError: 0.5, count: 2 });
    const { machine, versions, device } = runs[0]!;
    assert.deepEqual({ machine, versions, device }, { ...origin, device: "TensorFlow on CPU" });
  });

  test("have ten digits: a sum's rounding does not show", () => {
    keep([result("none", 1, { steps: 20, distance: 100.00000000000007 })], "long");
    assert.equal(
      experimentResults("dirac-gan", { folder, steps: 20 }).rows[0]?.figures["distance"],
      100,
    );
  });

  test("with other steps are kept apart", () => {
    keep([result("none", 1, { steps: 50 })], "short");
    assert.equal(experimentResults("dirac-gan", { folder, steps: 50 }).rows.length, 1);
    assert.equal(experimentResults("dirac-gan", { folder, steps: 200 }).rows.length, 2);
  });

  test("of another version of the plan are dropped", () => {
    keep([result("none", 5)], "new", { ...plan, version: 2 });
    assert.deepEqual(
      read().runs.map(({ command }) => command),
      ["new"],
    );
  });

  test("are not mixed with those of another size of the data", () => {
    const full: CellResult = { ...result("none", 1), data: { mnist: "full" } };
    assert.throws(
      () => keep([full], "full", { ...plan, version: 2 }),
      /dirac-gan\.json was measured on \{\}, these results on \{"mnist":"full"\}: remove the file/,
    );
  });
});

test("rows that were measured anew take the place of the old ones; a run without rows goes", () => {
  const run = (command: string, seeds: number[], distance: number): KeptRun => ({
    ...origin,
    command,
    device: "",
    data: {},
    steps: 200,
    rows: seeds.map((seed) => result("none", seed, { distance })),
  });
  const summed = (runs: readonly KeptRun[]): unknown =>
    runs.map(({ command, rows }) => [
      command,
      rows.map(({ seed, figures }) => [seed, figures["distance"]]),
    ]);
  assert.deepEqual(summed(addRun([run("old", [1, 2], 7)], run("new", [2], 8))), [
    ["old", [[1, 7]]],
    ["new", [[2, 8]]],
  ]);
  assert.deepEqual(summed(addRun([run("old", [1], 7)], run("new", [1], 8))), [["new", [[1, 8]]]]);
  assert.deepEqual(summed(addRun([run("old", [1], 7)], run("new", [1], 7))), [["old", [[1, 7]]]]);
});
