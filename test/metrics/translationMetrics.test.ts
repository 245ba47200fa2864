import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { createRandom, fillAgreement, ready, retrievalRank, tf } from "gan-lib";
import { correlated, runReference, skip } from "./reference";

before(ready);

describe("the rank of the true partner", () => {
  test("is 1 where it is the nearest, N where it is the farthest, and halves ties", () => {
    const partners = { data: [0, 1, 2, 10], shape: [4, 1] as const };
    assert.deepEqual(
      retrievalRank({ data: [0, 1.2, 1.9, 9], shape: [4, 1] }, partners),
      [1, 1, 1, 1],
    );
    assert.deepEqual(retrievalRank({ data: [10, 1, 2, 0], shape: [4, 1] }, partners), [4, 1, 1, 4]);
    const same = { data: [5, 5, 5, 5], shape: [4, 1] as const };
    assert.deepEqual(retrievalRank(same, same), [2.5, 2.5, 2.5, 2.5], "chance");
  });

  test("agrees with SciPy's distances and average ranks", { skip }, () => {
    const random = createRandom(2);
    const pairs = [1, 4].map((noise) => {
      const truth = correlated(random, 30, 5);
      const made = correlated(random, 30, 5, noise);
      return [
        { data: Array.from(made.data, (value, i) => value + truth.data[i]!), shape: truth.shape },
        truth,
      ] as const;
    });
    const wanted = runReference<number[]>(
      `
from scipy.spatial.distance import cdist
from scipy.stats import rankdata
def reference(made, truth):
    return [float(rankdata(row)[i]) for i, row in enumerate(cdist(made, truth))]`,
      pairs,
    );
    assert.deepEqual(
      pairs.map(([made, truth]) => retrievalRank(made, truth)),
      wanted,
    );
  });

  test("wants one partner a sample", () => {
    const rows = (count: number) => ({
      data: Array<number>(count).fill(0),
      shape: [count, 1] as const,
    });
    assert.throws(() => retrievalRank(rows(3), rows(2)), /got 3 samples and 2 partners/);
  });
});

describe("the agreement of fills", () => {
  /** A picture of 1 x 4 pixels, by the names of their colours. */
  const picture = (...pixels: number[][]) => tf.tensor4d([[pixels]]);
  const [red, grey, paper, blue] = [
    [1, -1, -1],
    [0.1, 0, 0.1],
    [1, 1, 1],
    [-1, -1, 1],
  ];

  test("is the share of coloured pixels that both have, whatever the colour", () => {
    const truth = picture(red, red, grey, paper);
    assert.deepEqual(fillAgreement(picture(blue, paper, blue, paper), truth), [1 / 3]);
    assert.deepEqual(fillAgreement(truth, truth), [1]);
    assert.deepEqual(fillAgreement(picture(grey, grey, grey, paper), truth), [0], "the sketch");
    const none = picture(grey, paper, grey, paper);
    assert.deepEqual(fillAgreement(none, none), [1]);
    assert.deepEqual(fillAgreement(truth, truth, 1.99), [1]);
  });

  test("refuses grey images and thresholds without meaning", () => {
    const grey1 = tf.zeros<tf.Rank.R4>([1, 2, 2, 1]);
    assert.throws(() => fillAgreement(grey1, grey1), /\[N, height, width, 3\], got \[1, 2, 2, 1\]/);
    const x = picture(red);
    assert.throws(() => fillAgreement(x, x, 2), /must be in \(0, 2\), got 2/);
  });
});
