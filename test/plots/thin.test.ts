import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_POINTS, thin } from "gan-lib/dist/plots/thin";

const noisy = (length: number): number[] =>
  Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * (1 + (i % 7)));

test("a short series is kept whole", () => {
  assert.deepEqual(thin([3, 1, 2]), [0, 1, 2]);
  assert.equal(thin(noisy(MAX_POINTS)).length, MAX_POINTS);
});

test("a long series is thinned to the limit and keeps its ends and its extremes", () => {
  const values = noisy(5000);
  values[1234] = 99;
  values[4321] = -99;
  const kept = thin(values);
  assert.ok(kept.length <= MAX_POINTS, `${kept.length} points`);
  assert.ok(kept.length > MAX_POINTS / 2, `only ${kept.length} points`);
  for (const index of [0, 1234, 4321, 4999])
    assert.ok(kept.includes(index), `point ${index} is gone`);
  assert.deepEqual(
    kept,
    [...kept].sort((a, b) => a - b),
  );
});

test("a single gap in a long series stays, and the limit holds with gaps everywhere", () => {
  const values = noisy(5000);
  values[2500] = NaN;
  assert.ok(thin(values).includes(2500));
  const holed = values.map((value, i) => (i % 3 === 0 ? NaN : value));
  assert.ok(thin(holed).length <= MAX_POINTS);
});
