import assert from "node:assert/strict";
import { test } from "node:test";
import type { Matrix2 } from "gan-exercises";
import { failedOf, passes } from "./answers";

const alternating = (h: number, gamma: number): Matrix2 => [
  [1 - (h * h) / 4, (h / 2) * (1 - h * gamma)],
  [-h / 2, 1 - h * gamma],
];

test("alternating update: the right matrix passes; simultaneous updates, no penalty, and G first do not", async () => {
  await passes("12-1", alternating);
  const simultaneous = await failedOf("12-1", (h, gamma) => [
    [1, h / 2],
    [-h / 2, 1 - h * gamma],
  ]);
  assert.ok(simultaneous.includes("θ' answers to the new ψ"));
  assert.ok(simultaneous.includes("without the penalty the determinant is 1"));
  assert.deepEqual(await failedOf("12-1", (h) => alternating(h, 0)), [
    "ψ' is right",
    "θ' answers to the new ψ",
  ]);
  const generatorFirst = (h: number, gamma: number): Matrix2 => [
    [1, h / 2],
    [-h / 2, 1 - (h * h) / 4 - h * gamma],
  ];
  assert.deepEqual(await failedOf("12-1", generatorFirst), [
    "ψ' is right",
    "θ' answers to the new ψ",
  ]);
  const turnedAround = (h: number, gamma: number): Matrix2 => [
    [1 + (h * h) / 4, (h / 2) * (1 - h * gamma)],
    [h / 2, 1 - h * gamma],
  ];
  assert.ok(
    (await failedOf("12-1", turnedAround)).includes("without the penalty the trace is 2 - h²/4"),
  );
});

test("critical weight: h s² passes; the slope unsquared, forgotten or fixed, and a fixed rate do not", async () => {
  await passes("12-2", (h, slope) => h * slope ** 2);
  assert.deepEqual(await failedOf("12-2", (h, slope) => h * slope), [
    "it is right at slope 1/2",
    "it grows with the learning rate",
  ]);
  assert.equal((await failedOf("12-2", (h) => h)).length, 2);
  assert.deepEqual(await failedOf("12-2", (h) => h / 4), ["it is right at slope 1"]);
  assert.deepEqual(await failedOf("12-2", (_h, slope) => 0.4 * slope ** 2), [
    "it grows with the learning rate",
  ]);
  assert.equal((await failedOf("12-2", (h, slope) => h * h * slope * slope)).length, 3);
});

/** Running averages with a choice of correction, and of which of the two goes on. */
const averages =
  (correct: boolean, goOnCorrected: boolean) =>
  (values: readonly number[], beta: number): number[] => {
    let m = 0;
    return values.map((value, i) => {
      m = beta * m + (1 - beta) * value;
      const corrected = correct ? m / (1 - beta ** (i + 1)) : m;
      if (goOnCorrected) m = corrected;
      return corrected;
    });
  };

test("running averages: the corrected ones pass; uncorrected, corrected twice, plain means and a missing one do not", async () => {
  await passes("12-3", averages(true, false));
  assert.ok(
    (await failedOf("12-3", averages(false, false))).includes(
      "the average of equal values is that value, from the first on",
    ),
  );
  assert.ok(
    (await failedOf("12-3", averages(true, true))).includes(
      "the third one corrects m, and goes on from m itself",
    ),
  );
  const means = await failedOf("12-3", (values) =>
    values.map((_, i) => values.slice(0, i + 1).reduce((sum, v) => sum + v / (i + 1), 0)),
  );
  assert.ok(
    means.includes("the second one weighs the newer value more") &&
      means.includes("β = 0 remembers nothing"),
  );
  assert.deepEqual(await failedOf("12-3", () => []), ["gives one average for each value"]);
});
