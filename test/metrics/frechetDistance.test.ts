import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { frechetDistance } from "gan-lib/dist/metrics/frechetDistance";
import type { Rows } from "gan-lib/dist/metrics/rows";
import { createRandom, type RandomStream } from "gan-lib/dist/ops/random";

function near(got: number, wanted: number, relative = 1e-9): void {
  assert.ok(Math.abs(got - wanted) <= relative * Math.max(1e-3, Math.abs(wanted)), `got ${got}, wanted ${wanted}`);
}

/** Normal samples with correlated columns: each column also holds half of the one before. */
function correlated(random: RandomStream, samples: number, dimensions: number, scale: number, shift: number): Rows {
  const noise = random.normal([samples, dimensions]);
  const data = Float64Array.from(noise.dataSync());
  noise.dispose();
  for (let i = 0; i < data.length; i++) {
    data[i] = scale * (data[i] ?? NaN) + shift + (i % dimensions === 0 ? 0 : 0.5 * (data[i - 1] ?? NaN));
  }
  return { data, shape: [samples, dimensions] };
}

before(ready);

describe("the Fréchet distance by hand", () => {
  test("of one-dimensional Gaussians is (difference of means)^2 + (difference of deviations)^2", () => {
    // Means 1 and 7; unbiased variances 1 and 4.
    near(frechetDistance({ data: [0, 1, 2], shape: [3, 1] }, { data: [5, 7, 9], shape: [3, 1] }), 36 + 1);
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
    const a = correlated(createRandom(1), 50, 8, 1, 0);
    const reversed: Rows = { data: Float64Array.from({ length: 400 }, (_, i) => a.data[(49 - Math.floor(i / 8)) * 8 + (i % 8)] ?? NaN), shape: a.shape };
    assert.ok(frechetDistance(a, a) < 1e-9);
    assert.ok(frechetDistance(a, reversed) < 1e-9);
  });

  test("is the same both ways, and for tensors", () => {
    const a = correlated(createRandom(1), 40, 5, 1, 0);
    const b = correlated(createRandom(2), 60, 5, 2, 1);
    near(frechetDistance(a, b), frechetDistance(b, a));
    const [ta, tb] = [a, b].map(({ data, shape }) => tf.tensor2d(Float32Array.from(data), [...shape])) as [tf.Tensor2D, tf.Tensor2D];
    near(frechetDistance(ta, tb), frechetDistance(a, b), 1e-5);
    tf.dispose([ta, tb]);
  });
});

describe("the Fréchet distance refuses", () => {
  const good: Rows = { data: [0, 1, 2, 4], shape: [2, 2] };
  test("sets with fewer than two samples or none", () => {
    assert.throws(() => frechetDistance(good, { data: [0, 1], shape: [1, 2] }), /featuresB has 1 sample; a covariance needs at least 2/);
    assert.throws(() => frechetDistance({ data: [], shape: [0, 2] }, good), /featuresA must have the shape \[N, d\].*got \[0, 2\]/);
  });
  test("features of different dimension, or not finite", () => {
    assert.throws(() => frechetDistance(good, { data: [0, 1], shape: [2, 1] }), /same dimension, got 2 and 1/);
    assert.throws(() => frechetDistance(good, { data: [0, 1, NaN, 3], shape: [2, 2] }), /featuresB must be finite, got NaN in row 1/);
    assert.throws(() => frechetDistance({ data: [0, 1, 2, Infinity], shape: [2, 2] }, good), /got Infinity in row 1/);
  });
});

const REFERENCE = `
import json, sys, numpy as np
from scipy import linalg
def frechet(a, b):
    a, b = (np.array(x["data"]).reshape(x["shape"]) for x in (a, b))
    ca, cb = (np.atleast_2d(np.cov(x, rowvar=False)) for x in (a, b))
    root = linalg.sqrtm(ca @ cb)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * np.trace(root).real)
print(json.dumps([frechet(a, b) for a, b in json.load(sys.stdin)]))
`;

/** A Python that has scipy, or undefined. */
function pythonWithScipy(): string | undefined {
  const root = path.resolve(__dirname, "../../..");
  const candidates = [process.env["GAN_TEST_PYTHON"] ?? "", path.join(root, ".venv/bin/python")];
  return candidates.find((python) => existsSync(python) && spawnSync(python, ["-c", "import scipy"]).status === 0);
}

describe("the Fréchet distance beside scipy's sqrtm", () => {
  const python = pythonWithScipy();
  const skip = python === undefined && "needs a Python with scipy (.venv or GAN_TEST_PYTHON)";

  test("agrees to 1e-3, degenerate covariances included", { skip }, () => {
    const random = createRandom(7);
    const constantColumn = correlated(random, 60, 4, 1, 0);
    const flattened = Float64Array.from(constantColumn.data).map((value, i) => (i % 4 === 2 ? 3 : value));
    const pairs: [Rows, Rows][] = [
      [correlated(random, 500, 1, 1, 0), correlated(random, 400, 1, 2, 1)],
      [correlated(random, 300, 16, 1, 0), correlated(random, 300, 16, 1.5, 0.2)],
      [correlated(random, 600, 64, 1, 0), correlated(random, 500, 64, 1.1, 0)],
      // Fewer samples than dimensions, and a column without variance.
      [correlated(random, 20, 32, 1, 0), correlated(random, 25, 32, 2, 0.5)],
      [{ data: flattened, shape: [60, 4] }, correlated(random, 60, 4, 1.5, 0)],
    ];
    const input = JSON.stringify(pairs.map((pair) => pair.map(({ data, shape }) => ({ data: Array.from(data), shape }))));
    const { stdout, stderr } = spawnSync(python ?? "", ["-c", REFERENCE], { input, encoding: "utf8" });
    const wanted = JSON.parse(stdout || `"${stderr}"`) as number[];
    assert.equal(wanted.length, pairs.length);
    pairs.forEach(([a, b], i) => near(frechetDistance(a, b), wanted[i] ?? NaN, 1e-3));
  });
});
