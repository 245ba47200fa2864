import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { createRandom, densityCoverage, precisionRecall, ready, type Rows } from "gan-lib";
import { constant, correlated, pairsOfSets, runReference, skip } from "./reference";

before(ready);

const points = (...data: number[]): Rows => ({ data, shape: [data.length, 1] });

describe("precision and recall by hand", () => {
  test("balls reach to the k-th neighbour", () => {
    // Real 0, 1, 3: radii 1, 1, 2, so the region is [-1, 5]. Fake 5, 5.5, 9: radii 0.5, 0.5, 3.5, so [4.5, 6] and [5.5, 12.5].
    assert.deepEqual(precisionRecall(points(0, 1, 3), points(5, 5.5, 9), { k: 1 }), {
      precision: 1 / 3,
      recall: 0,
    });
    assert.deepEqual(precisionRecall(points(0, 1, 3), points(2, 2.5, 9), { k: 1 }), {
      precision: 2 / 3,
      recall: 1 / 3,
    });
  });
  test("a generator that copies one real sample is precise and reaches little", () => {
    const real = correlated(createRandom(1), 200, 4);
    const copies: Rows = {
      data: Float64Array.from({ length: 800 }, (_, i) => real.data[i % 4] ?? NaN),
      shape: [200, 4],
    };
    const { precision, recall } = precisionRecall(real, copies);
    assert.deepEqual([precision, recall], [1, 1 / 200]);
  });
});

describe("density and coverage by hand", () => {
  test("balls are around real samples alone", () => {
    // Real 0, 1, 3 with radii 1, 1, 2. Fake 0.5 lies in the first two balls, 2 only in the third (it is on the second's edge), 9 in none.
    const { density, coverage } = densityCoverage(points(0, 1, 3), points(0.5, 2, 9), { k: 1 });
    assert.deepEqual([density, coverage], [3 / 3, 1]);
    assert.deepEqual(densityCoverage(points(0, 1, 3), points(9, 9, 9), { k: 1 }), {
      density: 0,
      coverage: 0,
    });
  });
  test("an outlier among the real samples moves recall's region, hardly the density", () => {
    const real = correlated(createRandom(2), 200, 2);
    const outlying: Rows = {
      data: Float64Array.from(real.data, (value, i) => (i < 2 ? 50 : value)),
      shape: real.shape,
    };
    const far = correlated(createRandom(3), 200, 2, 1, 20);
    assert.ok(
      precisionRecall(outlying, far).precision > 0.9,
      "all of the far samples lie in the outlier's ball",
    );
    assert.ok(densityCoverage(outlying, far).density < 0.5);
  });
  test("equal distributions have density near 1 and the coverage that the paper expects", () => {
    const [n, k] = [500, 5];
    const { density, coverage } = densityCoverage(
      correlated(createRandom(4), n, 3),
      correlated(createRandom(5), n, 3),
      { k },
    );
    const missed = Array.from({ length: k }, (_, i) => (n - 1 - i) / (2 * n - 1 - i)).reduce(
      (product, share) => product * share,
      1,
    );
    assert.ok(Math.abs(coverage - (1 - missed)) < 0.03, `${coverage}, expected ${1 - missed}`); // standard error below 0.01
    assert.ok(Math.abs(density - 1) < 0.1, String(density));
  });
});

test("where all real samples are equal, their balls have no inside: precision counts the edge, density does not", () => {
  const [same, other] = [constant(10, 2, 1), constant(10, 2, 5)];
  assert.deepEqual(precisionRecall(same, same), { precision: 1, recall: 1 });
  assert.deepEqual(densityCoverage(same, same), { density: 0, coverage: 0 });
  assert.deepEqual(precisionRecall(same, other), { precision: 0, recall: 0 });
});

test("sets without a k-th neighbour, or of different dimension, are refused", () => {
  const plane: Rows = { data: [0, 0, 1, 1], shape: [2, 2] };
  assert.throws(
    () => precisionRecall(points(0, 1), points(0, 1, 2), { k: 2 }),
    /k must be a whole number from 1 to 1, as real has 2 samples, got 2/,
  );
  assert.throws(
    () => precisionRecall(points(0, 1, 2), points(0), { k: 1 }),
    /as fake has 1 samples, got 1/,
  );
  assert.throws(() => densityCoverage(points(0, 1), points(0), { k: 0 }), RangeError);
  assert.throws(
    () => precisionRecall(plane, points(0, 1), { k: 1 }),
    /same dimension, got 2 and 1/,
  );
  assert.throws(
    () => densityCoverage(plane, points(0, 1), { k: 1 }),
    /same dimension, got 2 and 1/,
  );
  assert.throws(() => densityCoverage(points(0, NaN), points(0, 1), { k: 1 }), /finite/);
});

const REFERENCE = `
from scipy.spatial.distance import cdist
def reference(a, b):
    def radii(x, k):
        return np.sort(cdist(x, x), axis=1)[:, k]
    def within(x, centres, r):
        return float((cdist(x, centres) <= r[None, :]).any(axis=1).mean())
    inside = cdist(a, b) < radii(a, 5)[:, None]
    return [within(b, a, radii(a, 3)), within(a, b, radii(b, 3)), float(inside.sum() / (5 * len(b))), float(inside.any(axis=1).mean())]
`;

test("both agree with scipy's distances", { skip }, () => {
  const pairs = pairsOfSets(createRandom(11));
  const wanted = runReference<number[]>(REFERENCE, pairs);
  pairs.forEach(([a, b], i) => {
    const { precision, recall } = precisionRecall(a, b);
    const { density, coverage } = densityCoverage(a, b);
    [precision, recall, density, coverage].forEach((value, j) =>
      assert.ok(
        Math.abs(value - (wanted[i]?.[j] ?? NaN)) < 1e-9,
        `pair ${i}: ${value}, scipy ${wanted[i]?.[j]}`,
      ),
    );
  });
});
