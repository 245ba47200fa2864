import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  classCoverage,
  classifierScore,
  createRandom,
  meanConfidence,
  ready,
  type Rows,
} from "gan-lib";
import { runReference, skip } from "./reference";

before(ready);

test("sure and equally frequent classes score K, one class or none sure scores 1", () => {
  assert.ok(
    Math.abs(classifierScore({ data: [1, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3] }) - 3) < 1e-12,
  );
  assert.equal(classifierScore({ data: [1, 0, 1, 0], shape: [2, 2] }), 1);
  assert.equal(classifierScore({ data: [0.5, 0.5, 0.5, 0.5], shape: [2, 2] }), 1);
});

test("by hand: shares 0.9 and 0.1 of two samples", () => {
  // The marginal is (0.5, 0.5); each row has divergence 0.9 ln 1.8 + 0.1 ln 0.2.
  const wanted = Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2));
  assert.ok(
    Math.abs(classifierScore({ data: [0.9, 0.1, 0.1, 0.9], shape: [2, 2] }) - wanted) < 1e-12,
  );
});

test("logits are refused", () => {
  assert.throws(
    () => classifierScore({ data: [3, -1], shape: [1, 2] }),
    /not a distribution.*softmax/,
  );
});

/** Random distributions over `classes`, sure or unsure; some probabilities are exactly 0, as float32 softmax makes them. */
function distributions(seed: number, samples: number, classes: number, sharpness: number): Rows {
  const random = createRandom(seed);
  const rows = Array.from({ length: samples }, () => {
    const weights = Array.from({ length: classes }, () =>
      Math.exp(sharpness * (random.next() - 0.5)),
    );
    if (classes > 2) weights[random.integer(classes)] = 0;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
  return { data: rows.flat(), shape: [samples, classes] };
}

const REFERENCE = `
from scipy.stats import entropy
def reference(p):
    score = np.exp(np.mean([entropy(row, p.mean(0)) for row in p]))
    shares = np.bincount(p.argmax(1), minlength=p.shape[1])
    return [float(score), float(entropy(shares, np.ones(p.shape[1]))), float(p.max(1).mean()), int((shares >= 0.01 * len(p)).sum())]
`;

test("the metrics of class probabilities agree with scipy's entropy to 1e-9", { skip }, () => {
  const sets = [
    distributions(1, 300, 10, 2),
    distributions(2, 300, 10, 40),
    distributions(3, 7, 100, 10),
    distributions(4, 50, 2, 5),
  ];
  const wanted = runReference<number[]>(
    REFERENCE,
    sets.map((set) => [set]),
  );
  sets.forEach((set, i) => {
    const { klToUniform, covered } = classCoverage(set);
    [classifierScore(set), klToUniform, meanConfidence(set), covered].forEach((value, j) =>
      assert.ok(
        Math.abs(value - (wanted[i]?.[j] ?? NaN)) < 1e-9,
        `set ${i}: ${value}, scipy ${wanted[i]?.[j]}`,
      ),
    );
  });
});
