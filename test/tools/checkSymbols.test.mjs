import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSymbols } from "../../tools/notebooks/check-symbols.mjs";
import { code, markdown, sampleLesson } from "./sampleLesson.mjs";

const messagesOf = (...extra) =>
  checkSymbols(sampleLesson({ extra })).map(({ message }) => message);
const table = (...rows) =>
  markdown(
    ["| symbol | in the code | what it is |", "|---|---|---|", ...rows, "", "`other`"].join("\n"),
  );

test("a table of symbols names what is in the code", () => {
  const declared = code("const realLogits = tf.sigmoid(x);");
  const row = "| $D(x)$ | `tf.sigmoid(realLogits)`, `x` | a probability, not `said` |";
  assert.deepEqual(messagesOf(table(row), declared), []);
});

test("a name that is nowhere in the code is told, and those outside of such a table are not", () => {
  const row = "| $k$ | `discriminatorSteps`, `k` | updates of D |";
  assert.deepEqual(messagesOf(table(row), code("const k = 1;")), [
    "the table of symbols names `discriminatorSteps`, which is nowhere in the lesson's code",
  ]);
  assert.deepEqual(messagesOf(markdown("| a | b |\n|---|---|\n| x | `nowhere` |")), []);
});

test("a bar inside of a symbol does not end its column", () => {
  const row = "| $\\mathrm{KL}(p \\,\\|\\, q)$ | `divergence` | nats |";
  assert.equal(messagesOf(table(row)).length, 1);
});
