import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Contender } from "../../bench/contender.mjs";
import { measure } from "../../bench/rounds.mjs";
import { temporaryFolder } from "./temporary.mjs";

/** A contender whose steps take what it is told, without waiting; `special` answers before it does. */
const fake = (special = "") => `
import { createInterface } from "node:readline";
const say = (message) => console.log(JSON.stringify(message));
say({ ready: true, version: "fake 1" });
let turns = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.do === "run") turns++;
  ${special}
  if (command.do === "prepare") say({ figures: [1.5], warmUpSeconds: 2 });
  if (command.do === "run") say({ seconds: command.steps * 0.5 });
  if (command.do === "memory") say({ peakBytes: 1000 });
}`;

const folder = temporaryFolder("bench");

function commandOf(name, code) {
  const file = path.join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return [process.execPath, file];
}

test("a contender's rounds are measured, a step at a time", async () => {
  const [one] = await measure({ one: commandOf("one", fake()) }, 5);
  assert.deepEqual(one.secondsPerStep, [0.5, 0.5, 0.5, 0.5, 0.5]);
  assert.deepEqual(
    [one.version, one.figures, one.warmUpSeconds, one.peakBytes],
    ["fake 1", [1.5], 2, 1000],
  );
  assert.ok(Number(one.startUpSeconds) > 0);
});

test("contenders alternate, and every second round goes the other way", async () => {
  const order = [];
  const commands = { a: commandOf("a", fake()), b: commandOf("b", fake()) };
  await measure(commands, 2, async (_, name) => void order.push(name));
  assert.deepEqual(order, ["a", "b", "b", "a"]);
});

/** @type {[when: string, code: string, message: RegExp][]} */
const crashes = [
  [
    "before it is ready",
    `process.stderr.write("no such library\\n"); process.exit(3);`,
    /^bad ended with 3: no such library$/,
  ],
  [
    "in a round",
    fake(`if (turns === 3) { process.stderr.write("out of memory\\n"); process.exit(9); }`),
    /^bad ended with 9: out of memory$/,
  ],
  [
    "with an error of its own",
    fake(`if (command.do === "prepare") { say({ error: "nothing to compile" }); continue; }`),
    /^bad: nothing to compile$/,
  ],
  [
    "by saying something else",
    fake(`if (turns === 2) console.log("Warning!");`),
    /^bad said something else than JSON: Warning!$/,
  ],
  [
    "killed",
    fake(`if (turns === 2) process.kill(process.pid, "SIGKILL");`),
    /^bad ended with SIGKILL$/,
  ],
];
for (const [when, code, message] of crashes) {
  test(`a contender that fails ${when} says why, and the others go on`, async () => {
    const commands = { bad: commandOf("bad", code), good: commandOf("good", fake()) };
    const [bad, good] = await measure(commands, 5);
    assert.match(String(bad.error), message);
    assert.equal(good.error, undefined);
    assert.equal(good.secondsPerStep?.length, 5);
  });
}

test("a program that is not there is named", async () => {
  await assert.rejects(Contender.start("absent", ["no-such-program"]), /absent .*ENOENT/);
});
