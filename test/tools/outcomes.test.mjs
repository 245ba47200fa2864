import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { describeMinutes } from "../../tools/run/minutes.mjs";
import { addCounts, describeUnpassed, summaryLine, tally } from "../../tools/run/outcomes.mjs";
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

test("counts add up", () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  assert.deepEqual(addCounts([one, { passed: 10, failed: 0, skipped: 1 }]), {
    passed: 11,
    failed: 2,
    skipped: 4,
  });
});

test("the minutes are said in one line, the longest step first", () => {
  assert.equal(
    describeMinutes({ lint: 30, lessons: 600, "unit tests": 201 }, 690),
    "11.5 minutes, some side by side: lessons 10.0, unit tests 3.4, lint 0.5",
  );
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
  const run = (step, counts) => ({ counts, seconds: { [step]: 60 }, whole: 90 });
  leave("test", run("lint", { passed: 3, failed: 0, skipped: 1 }));
  leave("faults", run("faults", { passed: 4, failed: 0, skipped: 0 }));
  leave("browser", run("pages", { passed: 2, failed: 0, skipped: 0 }));
  const all = sumUp("test", "faults", "browser");
  assert.equal(
    all.stdout,
    "4.5 minutes, some side by side: lint (test) 1.0, faults (faults) 1.0, pages (browser) 1.0\n" +
      "9 passed, 0 failed, 1 skipped\n",
  );
  assert.equal(all.status, 0);
  rmSync(path.join(summaries, "browser.json"));
  const crashed = sumUp("test", "faults", "browser");
  assert.match(crashed.stdout, /\n7 passed, 1 failed, 1 skipped\n$/);
  assert.equal(crashed.status, 1);
  sumUp("--clear");
  assert.match(sumUp("test").stdout, /\n0 passed, 1 failed\n$/);
});
