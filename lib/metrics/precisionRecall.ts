/** Improved precision and recall: fidelity and diversity, measured apart. */
import type * as tf from "../backend/tf";
import { squaredDistancesFrom, squaredNeighbourRadii } from "./distances";
import { readPair, type CheckedRows, type Rows } from "./rows";

/** What {@link precisionRecall} measures. */
export interface PrecisionRecall {
  /** The share of generated samples within the real samples' region, in [0, 1]: how many look real. */
  readonly precision: number;
  /** The share of real samples within the generated samples' region, in [0, 1]: how much of the real data is reached. */
  readonly recall: number;
}

/**
 * Precision and recall of generated samples (Kynkäänniemi et al., arXiv 1904.06991, equations 1 and 2). The region of a
 * set is the union of balls around its samples, each out to its k-th nearest neighbour in the set. A single outlier makes a
 * large ball: `densityCoverage` is less moved by it.
 *
 * Compares every sample with every other, in float64: sets of a few thousand samples take seconds. Both figures depend on the
 * number of samples; compare only equal numbers.
 *
 * @param real Features of real samples, [N, d]. Not disposed.
 * @param fake Features of generated samples, [M, d]. Not disposed.
 * @param k The neighbour that sets a ball's radius; default 3, as in the paper.
 * @throws Error when d differs or a feature is not finite; RangeError when a set has no k-th neighbour.
 */
export function precisionRecall(
  real: tf.Tensor2D | Rows,
  fake: tf.Tensor2D | Rows,
  { k = 3 }: { readonly k?: number } = {},
): PrecisionRecall {
  const [realRows, fakeRows] = readPair("precisionRecall", { real, fake });
  const realRadii = squaredNeighbourRadii("precisionRecall", "real", realRows, k);
  const fakeRadii = squaredNeighbourRadii("precisionRecall", "fake", fakeRows, k);
  return {
    precision: shareWithin(fakeRows, realRows, realRadii),
    recall: shareWithin(realRows, fakeRows, fakeRadii),
  };
}

/** The share of samples that lie in at least one ball around a centre. */
function shareWithin(
  samples: CheckedRows,
  centres: CheckedRows,
  squaredRadii: Float64Array,
): number {
  const distances = new Float64Array(centres.shape[0]);
  let within = 0;
  for (let i = 0; i < samples.shape[0]; i++) {
    squaredDistancesFrom(samples, i, centres, distances);
    if (distances.some((distance, j) => distance <= (squaredRadii[j] as number))) within++;
  }
  return within / samples.shape[0];
}
