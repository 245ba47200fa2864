import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { inRoot } from "../../tools/setup/paths.mjs";

/** What a program prints that runs two lanes; each waits for a step of the other, so they only end when they run side by side. */
function runTwoLanes() {
  const program = `
    import { runSteps } from ${JSON.stringify(inRoot("tools", "run", "finish.mjs"))};
    import { commandStep } from ${JSON.stringify(inRoot("tools", "run", "step.mjs"))};
    const gate = () => { let open; const opened = new Promise((resolve) => { open = resolve; }); return { open, opened }; };
    const [afterA1, afterB1] = [gate(), gate()];
    const say = (name) => commandStep(name, name, [process.execPath, "-e", \`console.log("output of \${name}")\`]);
    const outcomes = await runSteps([
      [
        [async () => { await afterB1.opened; const found = await say("a1"); afterA1.open(); return found; }],
        [async () => { const found = await say("b1"); afterB1.open(); return found; }, async () => { await afterA1.opened; return say("b2"); }],
      ],
      () => say("c"),
    ]);
    console.log(outcomes.map(({ name, status }) => \`\${name} \${status}\`).join(", "));`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
}

test("lanes run side by side, the second's output stays in one piece, and all outcomes count", () => {
  const lines = runTwoLanes()
    .split("\n")
    .filter((line) => line !== "");
  assert.equal(lines.at(-1), "a1 passed, b1 passed, b2 passed, c passed");
  const at = (text) => lines.findIndex((line) => line.includes(text));
  const order = [
    "output of b1",
    "== b1: 1 passed",
    "output of b2",
    "== b2: 1 passed",
    "output of c",
  ].map(at);
  assert.deepEqual(
    order,
    order.map((_, i) => order[0] + i),
    lines.join("\n"),
  );
  assert.ok(at("== a1: 1 passed") >= 0 && at("== a1") < at("output of c"), lines.join("\n"));
});
