import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Matrix } from "ml-matrix";
import { createRandom, ready, type Rows } from "gan-lib";
import { fitLogistic, fitRidge, type LabelledRows } from "gan-lib/dist/detection/linearFit";
import { runReference, skip } from "../metrics/reference";

before(ready);

/** Overlapping classes: the first column tells them apart, the others are noise; each column with mean 0. */
function examples(seed: number, count: number, columns: number, shift = 1): LabelledRows {
  const noise = createRandom(seed).normal([count, columns]);
  const values = noise.arraySync() as number[][];
  noise.dispose();
  const labels = values.map((_, i) => Number(i % 3 === 0));
  const rows = new Matrix(
    values.map((row, i) => row.map((value, k) => (k === 0 ? value + shift * labels[i]! : value))),
  );
  return { rows: rows.subRowVector(rows.mean("column")), labels };
}

const asRows = ({ rows, labels }: LabelledRows): Rows => ({
  data: rows.to2DArray().flatMap((row, i) => [...row, labels[i]!]),
  shape: [rows.rows, rows.columns + 1],
});

const LOGISTIC = `
from scipy.optimize import minimize
def reference(s):
    x, y = s[:, :-1], s[:, -1]
    def loss(w):
        logit = x @ w[:-1] + w[-1]
        return np.sum(np.logaddexp(0, logit) - y * logit) + 0.5 * w[:-1] @ w[:-1]
    return minimize(loss, np.zeros(s.shape[1]), method="BFGS", options={"gtol": 1e-8}).x.tolist()
`;

test("logistic regression agrees with scipy's minimiser", { skip }, () => {
  const sets = [examples(1, 90, 3), examples(2, 40, 12, 3)];
  const wanted = runReference<number[]>(
    LOGISTIC,
    sets.map((set): [Rows] => [asRows(set)]),
  );
  sets.forEach((set, i) => {
    const { weights, bias } = fitLogistic(set);
    [...weights, bias].forEach((got, k) =>
      assert.ok(Math.abs(got - wanted[i]![k]!) < 1e-4, `${got}, scipy ${wanted[i]![k]}`),
    );
  });
});

const RIDGE = `
from scipy.optimize import minimize
def reference(s):
    x, y = s[:, :-1], 2 * s[:, -1] - 1
    n = len(x)
    def solve(x, y, penalty):
        mean = y.mean()
        return np.linalg.solve(x.T @ x + penalty * n * np.eye(x.shape[1]), x.T @ (y - mean)), mean
    best = None
    for penalty in [1e-4, 1e-3, 1e-2, 1e-1, 1, 10]:
        # Left out by weight: the row and its part of the mean have the weight 0, features stay centred on all rows.
        left_out = []
        for i in range(n):
            keep = np.arange(n) != i
            a = np.hstack([x[keep], np.ones((n - 1, 1))])
            ridge = penalty * n * np.eye(a.shape[1]); ridge[-1, -1] = 0
            w = np.linalg.solve(a.T @ a + ridge, a.T @ y[keep])
            left_out.append(float(x[i] @ w[:-1] + w[-1]))
        error = float(np.sum((np.array(left_out) - y) ** 2))
        if best is None or error < best[0]: best = (error, penalty, left_out)
    _, penalty, left_out = best
    w, mean = solve(x, y, penalty)
    t = s[:, -1]; f = np.array(left_out)
    def loss(c):
        logit = c[0] * f + c[1]
        return np.sum(np.logaddexp(0, logit) - t * logit) + 0.5e-3 * c[0] ** 2
    a, b = minimize(loss, np.zeros(2), method="BFGS", options={"gtol": 1e-8}).x
    return [*(a * w), a * mean + b]
`;

test(
  "ridge regression chooses the penalty, and its curve, as leaving out one row after the other in numpy does",
  { skip },
  () => {
    const sets = [examples(3, 60, 4), examples(4, 30, 20, 2)];
    const wanted = runReference<number[]>(
      RIDGE,
      sets.map((set): [Rows] => [asRows(set)]),
    );
    sets.forEach((set, i) => {
      const { weights, bias } = fitRidge(set);
      [...weights, bias].forEach((got, k) =>
        assert.ok(
          Math.abs(got - wanted[i]![k]!) < 1e-4 * Math.max(1, Math.abs(got)),
          `${got}, numpy ${wanted[i]![k]}`,
        ),
      );
    });
  },
);

test("classes that a plane separates, and more columns than rows, have finite weights that are right", () => {
  for (const fit of [fitLogistic, fitRidge]) {
    for (const set of [examples(5, 60, 2, 30), examples(6, 20, 40, 30)]) {
      const { weights, bias } = fit(set);
      const right = set.rows
        .mmul(Matrix.columnVector([...weights]))
        .to1DArray()
        .filter((logit, i) => Number(logit + bias > 0) === set.labels[i]).length;
      assert.ok(weights.every(Number.isFinite) && Number.isFinite(bias));
      assert.equal(right, set.labels.length);
    }
  }
});
