import assert from "node:assert/strict";
import { test } from "node:test";
import { rankCorrelation } from "gan-lib/dist/metrics/rankCorrelation";

const near = (got: number, wanted: number): void =>
  assert.ok(Math.abs(got - wanted) < 1e-12, `got ${got}, wanted ${wanted}`);

test("is 1 where one rises with the other, however crookedly, and -1 where it falls", () => {
  near(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1e9]), 1);
  near(rankCorrelation([3, 1, 2], [-3, -1, -2]), -1);
});

test("by hand: without ties it is 1 - 6 sum d^2 / (n (n^2 - 1))", () => {
  // Ranks 1 2 3 4 5 and 2 1 4 5 3: differences -1, 1, -1, -1, 2.
  near(rankCorrelation([10, 20, 30, 40, 50], [5, 4, 8, 9, 7]), 1 - (6 * 8) / (5 * 24));
});

test("by hand: equal numbers share the mean of their ranks", () => {
  // Ranks 1 2.5 2.5 4 and 1 2 3 4: products 2.25 + 0 + 0 + 2.25, squares 4.5 and 5.
  near(rankCorrelation([1, 7, 7, 9], [0, 1, 2, 3]), 4.5 / Math.sqrt(4.5 * 5));
  // Ranks 2 2 2 4 and 4 1.5 3 1.5: products -0.75 + 0.5 - 0.25 - 1.5, squares 3 and 4.5.
  near(rankCorrelation([1, 1, 1, 2], Float32Array.of(3, 1, 2, 1)), -2 / Math.sqrt(3 * 4.5));
});

test("is symmetric, and 0 where the order of one says nothing of the other", () => {
  const [x, y] = [
    [3, 1, 4, 1, 5, 9, 2, 6],
    [2, 7, 1, 8, 2, 8, 1, 8],
  ];
  near(rankCorrelation(x, y), rankCorrelation(y, x));
  near(rankCorrelation([1, 2, 3], [1, 2, 1]), 0);
});

test("what has no order is refused by name", () => {
  assert.throws(() => rankCorrelation([1, 2], [1]), /x has 2 numbers and y has 1/);
  assert.throws(() => rankCorrelation([1], [1]), /at least two pairs are needed, got 1/);
  assert.throws(() => rankCorrelation([1, 2], [3, 3]), /all 2 numbers of y are equal/);
  assert.throws(
    () => rankCorrelation([1, Infinity], [1, 2]),
    /x must be finite numbers; number 1 is Infinity/,
  );
});
