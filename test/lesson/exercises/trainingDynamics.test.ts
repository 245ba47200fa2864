import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkAlternatingJacobian,
  checkCriticalWeight,
  checkRunningAverages,
  type Matrix2,
} from "gan-lib";
import { failedOf, passes } from "./answers";

const alternating = (h: number, gamma: number): Matrix2 => [
  [1 - (h * h) / 4, (h / 2) * (1 - h * gamma)],
  [-h / 2, 1 - h * gamma],
];

test("alternating update: the right matrix passes; simultaneous updates, no penalty, and G first do not", () => {
  passes(checkAlternatingJacobian(alternating));
  const simultaneous = failedOf(
    checkAlternatingJacobian((h, gamma) => [
      [1, h / 2],
      [-h / 2, 1 - h * gamma],
    ]),
  );
  assert.ok(simultaneous.includes("θ' answers to the new ψ"));
  assert.ok(simultaneous.includes("without the penalty the determinant is 1"));
  assert.deepEqual(failedOf(checkAlternatingJacobian((h) => alternating(h, 0))), [
    "ψ' is right",
    "θ' answers to the new ψ",
  ]);
  const generatorFirst = (h: number, gamma: number): Matrix2 => [
    [1, h / 2],
    [-h / 2, 1 - (h * h) / 4 - h * gamma],
  ];
  assert.deepEqual(failedOf(checkAlternatingJacobian(generatorFirst)), [
    "ψ' is right",
    "θ' answers to the new ψ",
  ]);
  const turnedAround = (h: number, gamma: number): Matrix2 => [
    [1 + (h * h) / 4, (h / 2) * (1 - h * gamma)],
    [h / 2, 1 - h * gamma],
  ];
  assert.ok(
    failedOf(checkAlternatingJacobian(turnedAround)).includes(
      "without the penalty the trace is 2 - h²/4",
    ),
  );
});

test("critical weight: h s² passes; the slope unsquared, forgotten or fixed, and a fixed rate do not", () => {
  passes(checkCriticalWeight((h, slope) => h * slope ** 2));
  assert.deepEqual(failedOf(checkCriticalWeight((h, slope) => h * slope)), [
    "it is right at slope 1/2",
    "it grows with the learning rate",
  ]);
  assert.equal(failedOf(checkCriticalWeight((h) => h)).length, 2);
  assert.deepEqual(failedOf(checkCriticalWeight((h) => h / 4)), ["it is right at slope 1"]);
  assert.deepEqual(failedOf(checkCriticalWeight((_h, slope) => 0.4 * slope ** 2)), [
    "it grows with the learning rate",
  ]);
  assert.equal(failedOf(checkCriticalWeight((h, slope) => h * h * slope * slope)).length, 3);
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

test("running averages: the corrected ones pass; uncorrected, corrected twice, plain means and a missing one do not", () => {
  passes(checkRunningAverages(averages(true, false)));
  assert.ok(
    failedOf(checkRunningAverages(averages(false, false))).includes(
      "the average of equal values is that value, from the first on",
    ),
  );
  assert.ok(
    failedOf(checkRunningAverages(averages(true, true))).includes(
      "the third one corrects m, and goes on from m itself",
    ),
  );
  const means = failedOf(
    checkRunningAverages((values) =>
      values.map((_, i) => values.slice(0, i + 1).reduce((sum, v) => sum + v / (i + 1), 0)),
    ),
  );
  assert.ok(
    means.includes("the second one weighs the newer value more") &&
      means.includes("β = 0 remembers nothing"),
  );
  assert.deepEqual(failedOf(checkRunningAverages(() => [])), ["gives one average for each value"]);
});
