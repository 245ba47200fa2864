/** Density and coverage: precision and recall that a few outliers do not move. */
import type * as tf from "../backend/tf";
import { squaredDistancesFrom, squaredNeighbourRadii } from "./distances";
import { readPair, type Rows } from "./rows";

/** What {@link densityCoverage} measures. */
export interface DensityCoverage {
  /** How many balls of real samples a generated sample lies in, over k, on average: about 1 for the real distribution, at least 0, unbounded. */
  readonly density: number;
  /** The share of real samples that have a generated sample in their ball, in [0, 1]. */
  readonly coverage: number;
}

/**
 * Density and coverage of generated samples (Naeem et al., arXiv 2002.09797, equations 3 and 4). Balls are only around real
 * samples, each out to its k-th nearest real neighbour. For two sets of n samples each from one distribution, coverage is expected at
 * 1 - (n - 1) … (n - k) / ((2n - 1) … (2n - k)), about 1 - 2^-k. A ball of radius 0, where more than k real samples are equal, holds nothing.
 *
 * @param real Features of real samples, [N, d]. Not disposed.
 * @param fake Features of generated samples, [M, d]. Not disposed.
 * @param k The neighbour that sets a ball's radius; default 5, as in the paper.
 * @throws Error when d differs or a feature is not finite; RangeError when the real set has no k-th neighbour.
 */
export function densityCoverage(
  real: tf.Tensor2D | Rows,
  fake: tf.Tensor2D | Rows,
  { k = 5 }: { readonly k?: number } = {},
): DensityCoverage {
  const [realRows, fakeRows] = readPair("densityCoverage", { real, fake });
  const squaredRadii = squaredNeighbourRadii("densityCoverage", "real", realRows, k);
  const [count, samples] = [realRows.shape[0], fakeRows.shape[0]];
  const distances = new Float64Array(samples);
  let [pairs, covered] = [0, 0];
  for (let i = 0; i < count; i++) {
    const radius = squaredRadii[i] as number;
    // The paper's code counts a sample on the sphere as outside of the ball for both figures.
    const inside = squaredDistancesFrom(realRows, i, fakeRows, distances).reduce(
      (sum, distance) => sum + (distance < radius ? 1 : 0),
      0,
    );
    pairs += inside;
    if (inside > 0) covered++;
  }
  return { density: pairs / (k * samples), coverage: covered / count };
}
