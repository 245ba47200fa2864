import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { describeUnpassed, summaryLine, tally } from "../../tools/run/outcomes.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";
import { temporaryFolder } from "./temporary.mjs";

const outcome = (status, name, message = "") => ({ step: "unit tests", name, status, message });

test("outcomes are counted and said in one line", () => {
  const outcomes = [outcome("passed", "a"), outcome("passed", "b"), outcome("failed", "c")];
  assert.equal(summaryLine(tally(outcomes)), "2 passed, 1 failed");
  assert.equal(
    summaryLine(tally([...outcomes, outcome("skipped", "d")])),
    "2 passed, 1 failed, 1 skipped",
  );
  assert.equal(summaryLine(tally([])), "0 passed, 0 failed");
});

test("what failed or was skipped is named, with its whole message", () => {
  const text = describeUnpassed([
    outcome("passed", "a"),
    outcome("failed", "b", "b is 1\nat least 2"),
    outcome("skipped", "c", "needs GAN_DATA_DIR"),
  ]);
  assert.equal(
    text,
    "FAILED unit tests: b\n    b is 1\n    at least 2\n\nSKIPPED unit tests: c\n    needs GAN_DATA_DIR\n",
  );
});

test("several runs add up; one that did not come to its end is a failure", () => {
  // A copy of the tools, so that a run of the real ones is not disturbed.
  const copy = temporaryFolder("sum-up");
  cpSync(inRoot("tools"), path.join(copy, "tools"), { recursive: true });
  const summaries = path.join(copy, "build", "summary");
  const write = `import { writeSummary } from ${JSON.stringify(path.join(copy, "tools/run/summary.mjs"))};`;
  const leave = (name, counts) =>
    execFileSync(process.execPath, [
      "--input-type=module",
      "-e",
      `${write} writeSummary(${JSON.stringify(name)}, ${JSON.stringify(counts)})`,
    ]);
  const sumUp = (...args) =>
    spawnSync(process.execPath, [path.join(copy, "tools/sum-up.mjs"), ...args], {
      encoding: "utf8",
    });
  mkdirSync(summaries, { recursive: true });
  leave("test", { passed: 3, failed: 0, skipped: 1 });
  leave("browser", { passed: 2, failed: 0, skipped: 0 });
  const both = sumUp("test", "browser");
  assert.deepEqual([both.stdout, both.status], ["5 passed, 0 failed, 1 skipped\n", 0]);
  rmSync(path.join(summaries, "browser.json"));
  const crashed = sumUp("test", "browser");
  assert.deepEqual([crashed.stdout, crashed.status], ["3 passed, 1 failed, 1 skipped\n", 1]);
  sumUp("--clear");
  assert.equal(sumUp("test").stdout, "0 passed, 1 failed\n");
});
