import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { roomFor, sideBySide } from "../../tools/run/side-by-side.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";

/** What a program prints that runs a group of steps; a1 and b1 each wait for the other, so they only end when they run side by side. */
function runGroup() {
  const program = `
    import { runSteps } from ${JSON.stringify(inRoot("tools", "run", "finish.mjs"))};
    import { commandStep } from ${JSON.stringify(inRoot("tools", "run", "step.mjs"))};
    const gate = () => { let open; const opened = new Promise((resolve) => { open = resolve; }); return { open, opened }; };
    const [a, b] = [gate(), gate()];
    const say = (name) => commandStep(name.slice(0, 1), name, [process.execPath, "-e", \`console.log("output of \${name}"); console.log("end of \${name}")\`]);
    const { outcomes, seconds } = await runSteps([
      [
        async () => { a.open(); await b.opened; return say("a1"); },
        async () => { b.open(); await a.opened; return say("b1"); },
        () => say("b2"),
      ],
      () => say("c1"),
    ], 2);
    console.log(Object.keys(seconds).sort().join());
    console.log(outcomes.map(({ name, status }) => \`\${name} \${status}\`).join(", "));`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
}

test("a group's steps run side by side, the output of each stays in one piece, and all outcomes count", () => {
  const lines = runGroup()
    .split("\n")
    .filter((line) => line !== "");
  assert.equal(lines.at(-1), "a1 passed, b1 passed, b2 passed, c1 passed");
  assert.equal(lines.at(-2), "a,b,c", "how long each kind of step took");
  for (const name of ["a1", "b1", "b2", "c1"]) {
    const start = lines.indexOf(`output of ${name}`);
    assert.equal(lines[start + 1], `end of ${name}`, lines.join("\n"));
    assert.match(lines[start + 2], new RegExp(`^== ${name[0]}: 1 passed`));
  }
  assert.ok(lines.indexOf("end of b2") < lines.indexOf("output of c1"), "the group ends before c");
});

test("no more work runs at once than there is room for; results keep the order of the work", async () => {
  for (const atOnce of [1, 2, 9]) {
    let running = 0;
    let most = 0;
    const work = [3, 1, 2, 1].map((turns, index) => async () => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      running -= 1;
      return index;
    });
    assert.deepEqual(await sideBySide(work, atOnce), [0, 1, 2, 3]);
    assert.equal(most, Math.min(atOnce, 4));
  }
});

test("there is room for one lesson a core, as far as the memory goes, and always for one", () => {
  const gigabytes = 2 ** 30;
  assert.equal(roomFor(2, 24 * gigabytes), 2);
  assert.equal(roomFor(4, 15.6 * gigabytes), 3);
  assert.equal(roomFor(2, 2 * gigabytes), 1);
});
