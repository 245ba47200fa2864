import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  accuracyAt,
  areaUnderRoc,
  averagePrecision,
  bootstrapInterval,
  calibration,
  createRandom,
  ready,
  rocCurve,
  type LabelledScores,
  type RandomStream,
  type Rows,
} from "gan-lib";
import { runReference, skip } from "./reference";

before(ready);

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

/** From the highest score: 1, 0, 1 and 1 tied with 0, 0. */
const BY_HAND: LabelledScores = {
  scores: [0.9, 0.8, 0.7, 0.4, 0.4, 0.1],
  labels: [1, 0, 1, 1, 0, 0],
};

/** Normal scores, those of the class 1 shifted; rounded, so that there are ties. */
function sampled(random: RandomStream, zeros: number, ones: number, shift: number): LabelledScores {
  const labels = [...Array<number>(zeros).fill(0), ...Array<number>(ones).fill(1)];
  const noise = random.normal([labels.length]);
  const scores = Array.from(
    noise.dataSync(),
    (value, i) => Math.round(10 * (value + shift * labels[i]!)) / 10,
  );
  noise.dispose();
  return { scores, labels };
}

test("ROC, by hand: a tie moves both ways at once", () => {
  const { thresholds, falsePositiveRate, truePositiveRate } = rocCurve(BY_HAND);
  assert.deepEqual(thresholds, [Infinity, 0.9, 0.8, 0.7, 0.4, 0.1]);
  assert.deepEqual(falsePositiveRate, [0, 0, 1 / 3, 1 / 3, 2 / 3, 1]);
  assert.deepEqual(truePositiveRate, [0, 1 / 3, 1 / 3, 2 / 3, 1, 1]);
});

test("area, average precision and accuracy, by hand", () => {
  near(areaUnderRoc(BY_HAND).value, 6.5 / 9); // of nine pairs six are in order and one is tied
  near(averagePrecision(BY_HAND), (1 + 2 / 3 + 3 / 5) / 3);
  near(accuracyAt(BY_HAND).value, 4 / 6);
  near(accuracyAt(BY_HAND, 0.75).value, 3 / 6);
  near(accuracyAt({ scores: [0.5, 0.4], labels: [1, 0] }).value, 1);
});

test("a perfect order and its reverse", () => {
  const perfect = { scores: [1, 2, 3, 4], labels: [0, 0, 1, 1] };
  const reversed = { scores: [4, 3, 2, 1], labels: [0, 0, 1, 1] };
  assert.equal(areaUnderRoc(perfect).value, 1);
  assert.equal(areaUnderRoc(perfect).high, 1);
  assert.ok(areaUnderRoc(perfect).low < 0.9, "four images prove little");
  assert.equal(averagePrecision(perfect), 1);
  assert.equal(areaUnderRoc(reversed).value, 0);
  assert.equal(areaUnderRoc(reversed).low, 0);
});

test("the area's interval holds the true area about 95 times in 100, at chance and beyond", () => {
  const random = createRandom(4);
  // Two normal distributions, sqrt(2) z apart, have the area Φ(z).
  for (const { shift, area } of [
    { shift: 0, area: 0.5 },
    { shift: Math.SQRT2 * 1.2815515655446004, area: 0.9 },
  ]) {
    const held = Array.from({ length: 400 }, () =>
      areaUnderRoc(sampled(random, 30, 40, shift)),
    ).filter(({ low, high }) => low <= area && area <= high).length;
    assert.ok(held >= 368 && held <= 396, `${held} of 400 at ${area}`);
  }
});

test("the bootstrap's interval is about 1.96 standard errors on both sides of a mean", () => {
  const labelled = sampled(createRandom(8), 1, 400, 0);
  const meanOfOnes = ({ scores, labels }: LabelledScores): number =>
    Array.from(scores).reduce((sum, score, i) => sum + score * labels[i]!, 0) / 400;
  const { value, low, high } = bootstrapInterval(meanOfOnes, labelled, {
    random: createRandom(1),
    resamples: 2000,
  });
  assert.equal(value, meanOfOnes(labelled));
  near(high - value, 1.96 / 20, 0.012);
  near(value - low, 1.96 / 20, 0.012);
});

test("the bootstrap draws each class by itself, and its stream decides it", () => {
  const labelled = sampled(createRandom(8), 5, 3, 1);
  const sizes = new Set<number>();
  const interval = (seed: number): number =>
    bootstrapInterval(
      (drawn) => {
        sizes.add(Array.from(drawn.labels).filter((label) => label === 1).length);
        return averagePrecision(drawn);
      },
      labelled,
      { random: createRandom(seed) },
    ).low;
  assert.equal(interval(1), interval(1));
  assert.deepEqual([...sizes], [3]);
});

test("calibration, by hand", () => {
  const { expectedError, bins } = calibration(
    { scores: [0.1, 0.3, 0.8, 0.9, 1], labels: [0, 1, 1, 1, 0] },
    { bins: 2 },
  );
  assert.deepEqual(
    bins.map(({ count }) => count),
    [2, 3],
  );
  near(bins[0]!.meanScore, 0.2);
  near(bins[0]!.share, 0.5);
  near(bins[1]!.meanScore, 0.9);
  near(expectedError, (2 / 5) * 0.3 + (3 / 5) * (0.9 - 2 / 3));
});

test("a score on the edge of two bins is in the lower one, as in Guo et al.; 0 is in the first", () => {
  near(calibration({ scores: [0.5, 0.9], labels: [0, 1] }, { bins: 2 }).expectedError, 0.3);
  for (const bins of [3, 7, 10, 49]) {
    const scores = Array.from({ length: bins + 1 }, (_, i) => i / bins);
    const counts = calibration({ scores, labels: scores.map((_, i) => i % 2) }, { bins }).bins.map(
      ({ count }) => count,
    );
    assert.deepEqual(counts, [2, ...Array<number>(bins - 1).fill(1)], `${bins} bins`);
  }
});

test("scores that say how often they are right have hardly an error; the same made bolder have one", () => {
  const random = createRandom(3);
  const scores = Array.from({ length: 5000 }, () => random.next());
  const labels = scores.map((score) => Number(random.next() < score));
  assert.ok(calibration({ scores, labels }).expectedError < 0.03);
  const bolder = scores.map((score) => 1 / (1 + ((1 - score) / score) ** 3));
  assert.ok(calibration({ scores: bolder, labels }).expectedError > 0.1);
  near(averagePrecision({ scores: bolder, labels }), averagePrecision({ scores, labels }));
});

test("what makes no sense is refused", () => {
  assert.throws(
    () => areaUnderRoc({ scores: [1], labels: [1, 0] }),
    /areaUnderRoc: there must be one label a score, got 1 scores and 2 labels/,
  );
  assert.throws(
    () => averagePrecision({ scores: [1, NaN], labels: [1, 0] }),
    /finite, got NaN at 1/,
  );
  assert.throws(() => rocCurve({ scores: [1, 2], labels: [1, 2] }), /0 or 1, got 2/);
  assert.throws(
    () => accuracyAt({ scores: [1, 2], labels: [1, 1] }),
    /both classes are needed, got 0 labels 0 and 2 labels 1/,
  );
  assert.throws(
    () => calibration({ scores: [1.5, 0], labels: [1, 0] }),
    /probabilities in \[0, 1\], got 1.5/,
  );
  assert.throws(
    () => bootstrapInterval(averagePrecision, BY_HAND, { random: createRandom(1), resamples: 0 }),
    /resamples must be/,
  );
});

const REFERENCE = `
from scipy.stats import mannwhitneyu
from scipy.optimize import brentq
def reference(s):
    scores, labels = s[:, 0], s[:, 1] == 1
    n, m = labels.sum(), (~labels).sum()
    area = mannwhitneyu(scores[labels], scores[~labels]).statistic / (n * m)
    def variance(a):
        return (a * (1 - a) + (n - 1) * (a / (2 - a) - a * a) + (m - 1) * (2 * a * a / (1 + a) - a * a)) / (n * m)
    miss = lambda a: abs(area - a) - 1.959963984540054 * np.sqrt(max(0, variance(a)))
    precision, recall = [], []
    for t in np.unique(scores)[::-1]:
        precision.append(labels[scores >= t].mean())
        recall.append((scores[labels] >= t).mean())
    return [area, brentq(miss, 1e-9, area), brentq(miss, area, 1 - 1e-9), float(np.sum(np.diff([0] + recall) * precision))]
`;

test("area, its interval and average precision agree with scipy", { skip }, () => {
  const random = createRandom(6);
  const sets = [
    sampled(random, 40, 25, 0.5),
    sampled(random, 300, 200, 0),
    sampled(random, 9, 30, 1.5),
  ];
  const rows = sets.map(({ scores, labels }): [Rows] => [
    {
      data: Array.from(scores).flatMap((score, i) => [score, labels[i]!]),
      shape: [scores.length, 2],
    },
  ]);
  const wanted = runReference<[number, number, number, number]>(REFERENCE, rows);
  sets.forEach((set, i) => {
    const { value, low, high } = areaUnderRoc(set);
    [value, low, high, averagePrecision(set)].forEach((got, k) => near(got, wanted[i]![k]!, 1e-9));
  });
});
