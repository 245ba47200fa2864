import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { frechetDistance } from "gan-lib/dist/metrics/frechetDistance";
import type { Rows } from "gan-lib/dist/metrics/rows";
import { createRandom } from "gan-lib/dist/ops/random";
import { constant, correlated, pairsOfSets, runReference, skip } from "./reference";

function near(got: number, wanted: number, relative = 1e-9): void {
  assert.ok(
    Math.abs(got - wanted) <= relative * Math.max(1e-3, Math.abs(wanted)),
    `got ${got}, wanted ${wanted}`,
  );
}

before(ready);

describe("the Fréchet distance by hand", () => {
  test("of one-dimensional Gaussians is (difference of means)^2 + (difference of deviations)^2", () => {
    // Means 1 and 7; unbiased variances 1 and 4.
    near(
      frechetDistance({ data: [0, 1, 2], shape: [3, 1] }, { data: [5, 7, 9], shape: [3, 1] }),
      36 + 1,
    );
  });

  test("of diagonal covariances is the sum over the dimensions", () => {
    // Both sets: the four corners of a rectangle. Means (0, 0) and (1, 0); variances 4/3 (1, 4) and 4/3 (9, 4).
    const a: Rows = { data: [1, 2, 1, -2, -1, 2, -1, -2], shape: [4, 2] };
    const b: Rows = { data: [4, 2, 4, -2, -2, 2, -2, -2], shape: [4, 2] };
    near(frechetDistance(a, b), 1 + (4 / 3) * (3 - 1) ** 2);
  });

  test("of covariances that do not commute is that of the closed form for 2x2", () => {
    // For 2x2, tr (A B)^1/2 = sqrt(tr(A B) + 2 sqrt(det A det B)). Here A = 4/3 diag(1, 4), B = 4/3 [[2.5, 2], [2, 2.5]].
    const a: Rows = { data: [1, 2, 1, -2, -1, 2, -1, -2], shape: [4, 2] };
    const b: Rows = { data: [1, 2, 2, 1, -1, -2, -2, -1], shape: [4, 2] };
    const root = (4 / 3) * Math.sqrt(2.5 + 10 + 2 * Math.sqrt(4 * (2.5 ** 2 - 2 ** 2)));
    near(frechetDistance(a, b), (4 / 3) * (5 + 5) - 2 * root);
  });

  test("of a set and itself, in any order, is 0", () => {
    const a = correlated(createRandom(1), 50, 8);
    const reversed: Rows = {
      data: Float64Array.from(
        { length: 400 },
        (_, i) => a.data[(49 - Math.floor(i / 8)) * 8 + (i % 8)] ?? NaN,
      ),
      shape: a.shape,
    };
    assert.ok(frechetDistance(a, a) < 1e-9);
    assert.ok(frechetDistance(a, reversed) < 1e-9);
  });

  test("of equal samples, as constant images give, is that of points: the squared way between them", () => {
    near(frechetDistance(constant(5, 3, 1), constant(7, 3, 3)), 3 * 2 ** 2);
    assert.ok(frechetDistance(constant(5, 3, 1), constant(7, 3, 1)) < 1e-20);
  });

  test("with fewer samples than dimensions is finite, and far above that of more samples of the same distributions", () => {
    const random = createRandom(9);
    const [few, many] = [20, 2000].map((samples) =>
      frechetDistance(correlated(random, samples, 32), correlated(random, samples, 32)),
    ) as [number, number];
    assert.ok(Number.isFinite(few) && few > 20 * many, `${few}, ${many}`);
  });

  test("is the same both ways, and for tensors", () => {
    const a = correlated(createRandom(1), 40, 5);
    const b = correlated(createRandom(2), 60, 5, 2, 1);
    near(frechetDistance(a, b), frechetDistance(b, a));
    const [ta, tb] = [a, b].map(({ data, shape }) =>
      tf.tensor2d(Float32Array.from(data), [...shape]),
    ) as [tf.Tensor2D, tf.Tensor2D];
    near(frechetDistance(ta, tb), frechetDistance(a, b), 1e-5);
    tf.dispose([ta, tb]);
  });
});

describe("the Fréchet distance refuses", () => {
  const good: Rows = { data: [0, 1, 2, 4], shape: [2, 2] };
  test("sets with fewer than two samples or none", () => {
    assert.throws(
      () => frechetDistance(good, { data: [0, 1], shape: [1, 2] }),
      /featuresB has 1 sample; a covariance needs at least 2/,
    );
    assert.throws(
      () => frechetDistance({ data: [], shape: [0, 2] }, good),
      /featuresA must have the shape \[N, d\].*got \[0, 2\]/,
    );
  });
  test("features of different dimension, or not finite", () => {
    assert.throws(
      () => frechetDistance(good, { data: [0, 1], shape: [2, 1] }),
      /same dimension, got 2 and 1/,
    );
    assert.throws(
      () => frechetDistance(good, { data: [0, 1, NaN, 3], shape: [2, 2] }),
      /featuresB must be finite, got NaN in row 1/,
    );
    assert.throws(
      () => frechetDistance({ data: [0, 1, 2, Infinity], shape: [2, 2] }, good),
      /got Infinity in row 1/,
    );
  });
});

const REFERENCE = `
from scipy import linalg
def reference(a, b):
    ca, cb = (np.atleast_2d(np.cov(x, rowvar=False)) for x in (a, b))
    root = linalg.sqrtm(ca @ cb)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * np.trace(root).real)
`;

test(
  "the Fréchet distance agrees with scipy's sqrtm to 1e-3, degenerate covariances included",
  { skip },
  () => {
    const pairs = pairsOfSets(createRandom(7));
    const wanted = runReference<number>(REFERENCE, pairs);
    assert.equal(wanted.length, pairs.length);
    pairs.forEach(([a, b], i) => near(frechetDistance(a, b), wanted[i] ?? NaN, 1e-3));
  },
);
