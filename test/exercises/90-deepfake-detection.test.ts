import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

const damping = (k: number, n: number): number => 4 * Math.cos((Math.PI * k) / (2 * n)) ** 2;
const twice = (power: readonly number[]): number[] => [...power, ...power];

test("grown spectra: the right answer passes, each typical mistake fails its own check", async () => {
  await passes("90-1", (power) => ({
    zeros: twice(power),
    repeated: twice(power).map((value, k) => damping(k, power.length) * value),
  }));
  assert.deepEqual(
    await failedOf("90-1", (power) => ({
      zeros: twice(power),
      repeated: twice(power).map((value) => 4 * value),
    })),
    ["repeated samples damp its second copy"],
  );
  assert.deepEqual(
    await failedOf("90-1", (power) => ({
      zeros: twice(power),
      repeated: twice(power).map((value, k) => Math.sqrt(damping(k, power.length)) * value),
    })),
    ["repeated samples damp its second copy"],
  );
  const padded = (power: readonly number[]): number[] => power.flatMap((value) => [value, value]);
  assert.deepEqual(
    await failedOf("90-1", (power) => ({
      zeros: padded(power),
      repeated: twice(power).map((value, k) => damping(k, power.length) * value),
    })),
    ["zeros between the samples repeat the spectrum"],
  );
  assert.equal(
    (await failedOf("90-1", (power) => ({ zeros: [...power], repeated: [...power] }))).length,
    3,
  );
});

/** Counts pairs by a rule for their difference. */
const counted =
  (rule: (difference: number) => number) =>
  (real: readonly number[], fake: readonly number[]): number =>
    fake.flatMap((f) => real.map((r) => rule(f - r))).reduce((sum, value) => sum + value, 0) /
    (real.length * fake.length);

test("area: the right answer passes; forgotten ties, generous ties and the wrong way round do not", async () => {
  await passes(
    "90-2",
    counted((difference) => (Math.sign(difference) + 1) / 2),
  );
  assert.deepEqual(
    await failedOf(
      "90-2",
      counted((difference) => Number(difference > 0)),
    ),
    ["a tie is half", "a constant score is chance"],
  );
  assert.deepEqual(
    await failedOf(
      "90-2",
      counted((difference) => Number(difference >= 0)),
    ),
    ["a tie is half", "a constant score is chance"],
  );
  assert.equal(
    (
      await failedOf(
        "90-2",
        counted((difference) => (1 - Math.sign(difference)) / 2),
      )
    ).length,
    4,
  );
});

test("accusation: the right answer passes; a forgotten base rate and a forgotten false alarm do not", async () => {
  await passes("90-3", (tpr, fpr, share) => (tpr * share) / (tpr * share + fpr * (1 - share)));
  assert.deepEqual(await failedOf("90-3", (tpr, fpr) => tpr / (tpr + fpr)), [
    "one generated image in a thousand: the same detector is nearly always wrong",
    "a coin says nothing: the share stays",
  ]);
  assert.ok(
    (await failedOf("90-3", (tpr) => tpr)).includes(
      "a detector that accuses nobody wrongly is always right",
    ),
  );
  assert.ok(
    (await failedOf("90-3", (tpr, fpr, share) => tpr * share + (1 - fpr) * (1 - share))).includes(
      "a coin says nothing: the share stays",
    ),
  );
});
