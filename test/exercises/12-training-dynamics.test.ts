import assert from "node:assert/strict";
import { test } from "node:test";
import type { Course, Courses, Matrix2 } from "gan-exercises";
import { NotAttempted, todo } from "gan-lib";
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
    (await failedOf("12-1", turnedAround)).includes("without the penalty the trace is 2 - η²/4"),
  );
});

const courses: Courses = {
  "simultaneous, γ = 0.05": "out",
  "simultaneous, γ = 0.1": "around",
  "simultaneous, γ = 0.3": "in",
  "alternating, γ = 0": "around",
  "alternating, γ = 0.05": "in",
  "simultaneous, γ = 6": "out",
};

test("courses: what the Dirac-GAN's own updates do from near its equilibrium", async () => {
  const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));
  const courseOf = (run: string): Course => {
    const gamma = Number(run.split("= ")[1]);
    let [theta, psi] = [1e-6, 0];
    for (let step = 0; step < 300; step++) {
      const nextPsi = psi + 0.4 * (-sigmoid(psi * theta) * theta - gamma * psi);
      const seen = run.startsWith("alternating") ? nextPsi : psi;
      theta += 0.4 * sigmoid(seen * theta) * seen;
      psi = nextPsi;
    }
    const growth = Math.hypot(theta, psi) / 1e-6;
    return growth > 10 ? "out" : growth < 0.1 ? "in" : "around";
  };
  for (const [run, course] of Object.entries(courses)) assert.equal(courseOf(run), course, run);
  await passes("12-2", () => courses);
});

test("courses: each wrong one is named, and an answer that is not written is not attempted", async () => {
  for (const run of Object.keys(courses) as (keyof Courses)[]) {
    const other = courses[run] === "out" ? "in" : "out";
    assert.deepEqual(await failedOf("12-2", () => ({ ...courses, [run]: other })), [
      `${run} goes ${courses[run]}`,
    ]);
  }
  await assert.rejects(failedOf("12-2", todo), NotAttempted);
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
