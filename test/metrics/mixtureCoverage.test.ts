import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  gaussianGrid,
  gaussianRing,
  mixtureCoverage,
  ready,
  sampleMixture,
} from "gan-lib";

before(ready);

test("modes, quality and divergence by hand", () => {
  const mixture = {
    centres: [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    sigma: 0.1,
  } as const;
  // Three at the first mean, one 0.29 from the second, one 0.31 from the third, which is too far.
  const data = [0, 0, 0, 0.1, 0, 0, 1.29, 0, 0, 1.31];
  const seen = mixtureCoverage({ data, shape: [5, 2] }, mixture);
  assert.deepEqual(
    [seen.covered, seen.modes, seen.highQuality, seen.counts],
    [2, 4, 4 / 5, [3, 1, 0, 0]],
  );
  const wanted = 0.75 * Math.log(0.75 * 4) + 0.25 * Math.log(0.25 * 4);
  assert.ok(Math.abs(seen.reverseKl - wanted) < 1e-12);
});

for (const mixture of [gaussianRing(), gaussianGrid()]) {
  test(`the ${mixture.name} itself: all modes, 98.89 % of high quality, a divergence of (K - 1) / 2N`, () => {
    const samples = sampleMixture(mixture, 100_000, createRandom(3));
    const { covered, modes, highQuality, reverseKl } = mixtureCoverage(samples, mixture);
    assert.equal(covered, modes);
    assert.ok(Math.abs(highQuality - (1 - Math.exp(-4.5))) < 0.0014, String(highQuality)); // 4 standard errors
    assert.ok(reverseKl > 0 && reverseKl < 4 * ((modes - 1) / 200_000), String(reverseKl));
  });
}

test("without a sample of quality there is no divergence", () => {
  const { covered, reverseKl } = mixtureCoverage({ data: [9, 9], shape: [1, 2] }, gaussianRing());
  assert.deepEqual([covered, reverseKl], [0, NaN]);
});

test("what is no set of points in the plane is refused", () => {
  assert.throws(
    () => mixtureCoverage({ data: [1, 2, 3], shape: [1, 3] }, gaussianRing()),
    /points in the plane, \[N, 2\], got \[1, 3\]/,
  );
  assert.throws(() => mixtureCoverage({ data: [1, NaN], shape: [1, 2] }, gaussianRing()), /finite/);
  assert.throws(
    () => mixtureCoverage({ data: [1, 2], shape: [1, 2] }, gaussianRing({ sigma: 0 })),
    /sigma must be above 0, got 0/,
  );
});
