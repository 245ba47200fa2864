import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { loadPlan } from "gan-lib/plans";

const folder = mkdtempSync(path.join(tmpdir(), "plans-"));
after(() => rmSync(folder, { recursive: true }));

test("a plan is one of the library's by its name, or what a file exports as `plan`", async () => {
  assert.equal((await loadPlan("dirac-gan")).name, "dirac-gan");
  const file = path.join(folder, "own.mjs");
  writeFileSync(file, 'export const plan = { name: "own" };\n');
  assert.equal((await loadPlan(file)).name, "own");
});

test("a name that is none, and a file without a plan, are refused", async () => {
  await assert.rejects(loadPlan("dirac"), /There is no plan "dirac"\. There are: .*dirac-gan/);
  const file = path.join(folder, "empty.mjs");
  writeFileSync(file, "export const other = 1;\n");
  await assert.rejects(loadPlan(file), /empty\.mjs exports no plan/);
});
