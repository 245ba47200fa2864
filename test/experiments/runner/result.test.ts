import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { cellKey, type CellResult } from "gan-lib/experiments";
import { readFolder, readResult } from "gan-lib/dist/experiments/runner/result";
import { plan, result, scratchFolder } from "./collected";

/** Writes a result under the name of its own cell, or under another. */
function put(folder: string, content: CellResult | string, name = result("none", 1)): string {
  const file = path.join(folder, `${cellKey(plan, name)}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

describe("a cell's result", () => {
  const folder = scratchFolder("result");
  const good = result("none", 1);
  const key = cellKey(plan, good);
  const refusal = (content: CellResult | string): string => {
    const file = put(folder, content);
    try {
      readResult(plan, file, key);
    } catch (error) {
      return (error as Error).message;
    }
    return "accepted";
  };

  test("is what was written", () => assert.equal(refusal(good), "accepted"));

  test("is refused where the file is empty, broken, or something else", () => {
    assert.equal(refusal(""), "it is empty");
    assert.equal(refusal(JSON.stringify(good).slice(0, -5)), "it is not whole JSON");
    assert.match(refusal("[]"), /it is no result of a cell: its plan is undefined/);
    assert.match(
      refusal(JSON.stringify({ ...good, figures: undefined })),
      /its figures is undefined/,
    );
    const words = JSON.stringify({ ...good, figures: { distance: "1" } });
    assert.match(refusal(words), /its figures is \{"distance":"1"\}/);
  });

  test("is refused where any part of its identity is another's", () => {
    const others: Partial<CellResult>[] = [
      { plan: "pacgan-ring" },
      { version: 2 },
      { settings: { updates: "simultaneous", penalty: "none" } },
      { seed: 2 },
      { steps: 100 },
      { data: { mnist: "full" } },
    ];
    for (const other of others)
      assert.match(refusal({ ...good, ...other }), /it is the result of another cell: "/);
    assert.match(
      refusal({ ...good, seed: 2 }),
      /"dirac-gan", version 1, updates alternating, penalty none, seed 2, 200 steps$/,
    );
  });

  test("is refused where its figures are not the plan's", () => {
    assert.match(
      refusal({ ...good, figures: { distance: 1 } }),
      /its figures are distance, and the plan's are distance, farthest/,
    );
  });
});

test("a folder gives the plan's finished cells; broken files and other cells' are set aside with their bytes, older versions stay", () => {
  const folder = scratchFolder("folder");
  const good = put(folder, result("none", 1));
  const empty = put(folder, "", result("none", 2));
  const foreign = put(folder, "", result("none", 3));
  copyFileSync(good, foreign);
  const old = { ...result("none", 4), version: 7 };
  const oldKey = cellKey({ ...plan, version: 7 }, old);
  writeFileSync(path.join(folder, `${oldKey}.json`), JSON.stringify(old));

  const { finished, aside } = readFolder(plan, folder);
  assert.deepEqual([...finished.values()], [result("none", 1)]);
  assert.deepEqual(
    new Set(aside.map(({ file, problem }) => `${file} ${problem.slice(0, 19)}`)),
    new Set([`${empty} it is empty`, `${foreign} it is the result of`]),
  );
  assert.equal(readFileSync(`${foreign}.aside-1`, "utf8"), readFileSync(good, "utf8"));
  put(folder, "again", result("none", 2));
  assert.deepEqual(
    readFolder(plan, folder).aside.map(({ movedTo }) => movedTo),
    [`${empty}.aside-2`],
  );
  assert.deepEqual(readFolder(plan, folder).aside, []);
  assert.equal(readdirSync(folder).length, 5);
});
