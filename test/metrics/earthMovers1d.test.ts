import assert from "node:assert/strict";
import { test } from "node:test";
import { earthMovers1d } from "gan-lib/dist/metrics/earthMovers1d";

const near = (got: number, wanted: number): void =>
  assert.ok(Math.abs(got - wanted) < 1e-12, `got ${got}, wanted ${wanted}`);

test("by hand: single points, equal sizes, other sizes", () => {
  near(earthMovers1d([2], [5]), 3);
  near(earthMovers1d([0, 1, 3], [6, 5, 8]), 5); // sorted: 0 -> 5, 1 -> 6, 3 -> 8
  near(earthMovers1d([0, 10], [9, 1]), 1); // 0 -> 1, 10 -> 9: the order of the samples does not count
  near(earthMovers1d([0], [-1, 1]), 1); // half goes one way, half the other, where the means agree
  near(earthMovers1d([0, 1], [0, 0, 1, 2]), 0.25); // a quarter of the mass goes from 1 to 2
  near(earthMovers1d([0, 0, 3], [1]), (1 + 1 + 2) / 3);
});

test("repeated samples count as often as they occur, and a set has no distance from itself", () => {
  near(earthMovers1d([1, 1, 1, 5], [1, 5, 5, 5]), 2);
  assert.equal(earthMovers1d([3, 1, 2, 2], [2, 3, 2, 1]), 0);
  assert.equal(earthMovers1d([1, 2], [1, 1, 2, 2]), 0);
});

test("is symmetric, grows with the scale, and is the shift of a set that was moved", () => {
  const a = [0.3, -1.2, 4, 0.7, 2.2];
  const b = Float32Array.of(1.5, -0.25, 3);
  near(earthMovers1d(a, b), earthMovers1d(b, a));
  near(
    earthMovers1d(
      a.map((x) => 10 * x),
      b.map((x) => 10 * x),
    ) / 10,
    earthMovers1d(a, b),
  );
  near(
    earthMovers1d(
      a,
      a.map((x) => x - 7),
    ),
    7,
  );
});

test("leaves the samples as they are", () => {
  const samples = [3, 1, 2];
  earthMovers1d(samples, samples);
  assert.deepEqual(samples, [3, 1, 2]);
});

test("sets without numbers are refused by name", () => {
  assert.throws(() => earthMovers1d([], [1]), /samplesA is empty/);
  assert.throws(
    () => earthMovers1d([1], [1, NaN]),
    /samplesB must be finite numbers; number 1 is NaN/,
  );
});
