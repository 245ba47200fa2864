import assert from "node:assert/strict";
import { test } from "node:test";
import { shareInterval, createRandom } from "gan-lib";
import { runReference, skip } from "./reference";

const REFERENCE = `
from scipy.stats import binomtest
def reference(counts):
    k, n = (int(c) for c in counts[0])
    interval = binomtest(k, n).proportion_ci(0.95, method="wilson")
    return [k / n, interval.low, interval.high]
`;

test("Wilson's interval agrees with scipy's, at none and all as well", { skip }, () => {
  const counts = [
    [0, 20],
    [1, 20],
    [10, 20],
    [20, 20],
    [0, 1],
    [1, 1],
    [7, 9],
    [613, 1000],
  ] as const;
  const wanted = runReference<[number, number, number]>(
    REFERENCE,
    counts.map((pair) => [{ data: pair, shape: [1, 2] }]),
  );
  counts.forEach(([successes, trials], i) => {
    const { value: share, low, high } = shareInterval(successes, trials);
    [share, low, high].forEach((value, j) =>
      assert.ok(
        Math.abs(value - wanted[i]![j]!) < 1e-12,
        `${successes} of ${trials}: ${value}, scipy ${wanted[i]![j]}`,
      ),
    );
  });
});

test("it holds the true share about 95 times in 100", () => {
  const random = createRandom(3);
  let held = 0;
  for (let i = 0; i < 2000; i++) {
    const successes = Array.from({ length: 20 }, () => random.next() < 0.7).filter(Boolean).length;
    const { low, high } = shareInterval(successes, 20);
    if (low <= 0.7 && 0.7 <= high) held++;
  }
  assert.ok(Math.abs(held / 2000 - 0.95) < 0.04, String(held / 2000)); // whole counts cannot hit 0.95 exactly
});

test("counts that make no sense are refused", () => {
  assert.throws(() => shareInterval(0, 0), /trials must be a whole number of at least 1, got 0/);
  assert.throws(
    () => shareInterval(-1, 5),
    /successes must be a whole number of at least 0, got -1/,
  );
  assert.throws(() => shareInterval(2.5, 5), /successes must be a whole number/);
  assert.throws(() => shareInterval(6, 5), /of 5 trials at most 5 can be successes, got 6/);
});
