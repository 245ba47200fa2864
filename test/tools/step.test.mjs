import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { readJUnit } from "../../tools/run/junit.mjs";
import { commandStep, nodeTests, reportedStep } from "../../tools/run/step.mjs";
import { temporaryFolder } from "./temporary.mjs";

const folder = temporaryFolder("step");

/** A command that leaves this report (none where undefined) and exits so. */
function reporting(name, report, code) {
  const file = path.join(folder, `${name}.xml`);
  const write =
    report === undefined
      ? ""
      : `require("fs").writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(report)});`;
  const command = [
    process.execPath,
    "-e",
    `${write} console.log("the end of it"); process.exit(${code})`,
  ];
  return reportedStep({ step: "step", command, report: file });
}

/** Writes a file of node:test and runs it as the unit tests are run. */
function running(name, text) {
  const file = path.join(folder, `${name}.test.mjs`);
  writeFileSync(file, text);
  return nodeTests("unit", path.join("..", path.basename(folder), name), [file]);
}

const statuses = (outcomes) => outcomes.map(({ status }) => status);
const suite = (...cases) => `<testsuites><testsuite>${cases.join("")}</testsuite></testsuites>`;

test("a command counts once: by its exit code, with the end of its output where it fails", async () => {
  assert.deepEqual(statuses(await commandStep("step", "name", [process.execPath, "-e", ""])), [
    "passed",
  ]);
  const [failed] = await commandStep("step", "name", [
    process.execPath,
    "-e",
    'console.error("why"); process.exit(3)',
  ]);
  assert.deepEqual([failed.status, failed.message], ["failed", "why"]);
  assert.deepEqual(statuses(await commandStep("step", "name", ["no-such-program"])), ["failed"]);
  assert.deepEqual(
    statuses(
      await commandStep("step", "name", [
        process.execPath,
        "-e",
        'process.kill(process.pid, "SIGKILL")',
      ]),
    ),
    ["failed"],
  );
});

test("every case of a report counts", async () => {
  const report = suite(
    '<testcase name="a"/>',
    '<testcase name="b"><skipped message="needs data"/></testcase>',
    '<testcase name="c"><failure message="m">c is 1, at least 2</failure></testcase>',
  );
  const outcomes = await reporting("all", report, 1);
  assert.deepEqual(statuses(outcomes), ["passed", "skipped", "failed"]);
  assert.deepEqual(
    outcomes.map(({ message }) => message),
    ["", "needs data", "c is 1, at least 2"],
  );
});

test("a step that leaves no report, or a broken one, has failed", async () => {
  const [missing] = await reporting("missing", undefined, 0);
  assert.equal(missing.status, "failed");
  assert.match(missing.message, /no report.*exit code 0.*\nthe end of it/);
  assert.deepEqual(statuses(await reporting("broken", "<testsuites><testcase", 0)), ["failed"]);
});

test("a report of an earlier run does not count", async () => {
  await reporting("earlier", suite('<testcase name="a"/>'), 0);
  assert.deepEqual(statuses(await reporting("earlier", undefined, 0)), ["failed"]);
});

test("a report without a test is a failure", async () => {
  const [outcome] = await reporting("empty", suite(), 0);
  assert.deepEqual(
    [outcome.status, outcome.message],
    ["failed", "no test was found (exit code 0)"],
  );
});

test("an exit code that no failure explains is a failure", async () => {
  const outcomes = await reporting("exit", suite('<testcase name="a"/>'), 2);
  assert.deepEqual(statuses(outcomes), ["passed", "failed"]);
  assert.match(outcomes[1].message, /exit code 2/);
});

test("characters that XML forbids do not break a report, and colours are left out", () => {
  const file = path.join(folder, "colours.xml");
  writeFileSync(
    file,
    suite(
      '<testcase name="a"><failure message="m">\u001b[31mred\u001b[0m and #x1B[32mgreen#x1B[0m</failure></testcase>',
    ),
  );
  assert.equal(readJUnit(file, "step")[0].message, "red and green");
});

test("node:test is counted case by case; what fails tells its message and not its stack", async () => {
  const outcomes = await running(
    "mixed",
    'import { test } from "node:test"; import assert from "node:assert"; test("a", () => {}); test("b", () => assert.equal(1, 2, "b is 1"));',
  );
  assert.deepEqual(statuses(outcomes), ["passed", "failed"]);
  assert.match(outcomes[1].message, /b is 1/);
  assert.doesNotMatch(outcomes[1].message, / at /);
});

test("a test file that runs no test, leaves early or does not load is a failure", async () => {
  const texts = {
    none: "export {};",
    leaves: 'import { test } from "node:test"; test("a", () => {}); process.exit(0);',
    throws: 'throw new Error("x");',
  };
  for (const [name, text] of Object.entries(texts)) {
    const outcomes = await running(name, text);
    assert.deepEqual(statuses(outcomes), ["failed"], name);
    assert.match(outcomes[0].message, name === "throws" ? /test failed/ : /the file ran no test/);
  }
});
