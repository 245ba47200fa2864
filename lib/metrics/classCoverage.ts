/** What a classifier says about generated images: which classes there are, and how sure it is. */
import type * as tf from "../backend/tf";
import { indexOfLargest, readDistributions } from "./distributions";
import { klToUniform } from "./distributions";
import type { Rows } from "./rows";

/** What {@link classCoverage} counts. */
export interface ClassCoverage {
  /** How many classes hold at least `minimumShare` of the samples. */
  readonly covered: number;
  /** How many classes there are, K. */
  readonly classes: number;
  /** How many samples fell into each class, [K]. */
  readonly counts: readonly number[];
  /** Kullback-Leibler divergence of the class shares from equal shares, in nats: 0 (equal) … log K (one class only). */
  readonly klToUniform: number;
}

/**
 * Counts the classes that a set of samples covers; each sample belongs to its most probable class.
 *
 * The mode count of Srivastava et al. (VEEGAN, arXiv 1705.07761, section 5), with a share in place of "at least one".
 *
 * @param probabilities [N, K], each row a distribution over K classes. Not disposed.
 * @param minimumShare The share of the samples that makes a class count as covered, in [0, 1]; default 0.01. A class without a sample never counts.
 * @throws Error when a row is not a distribution; RangeError when minimumShare is outside [0, 1].
 */
export function classCoverage(
  probabilities: tf.Tensor2D | Rows,
  { minimumShare = 0.01 }: { minimumShare?: number } = {},
): ClassCoverage {
  if (!(minimumShare >= 0 && minimumShare <= 1)) {
    throw new RangeError(`classCoverage: minimumShare must be in [0, 1], got ${minimumShare}.`);
  }
  const rows = readDistributions("classCoverage", probabilities);
  const [samples, classes] = rows.shape;
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < samples; i++) {
    const best = indexOfLargest(rows.data, i * classes, classes);
    counts[best] = (counts[best] as number) + 1;
  }
  const covered = counts.filter((count) => count > 0 && count / samples >= minimumShare).length;
  return { covered, classes, counts, klToUniform: klToUniform(counts) };
}

/**
 * The mean probability of each sample's most probable class, in [1/K, 1].
 *
 * @param probabilities [N, K], each row a distribution over K classes. Not disposed.
 * @throws Error when a row is not a distribution.
 */
export function meanConfidence(probabilities: tf.Tensor2D | Rows): number {
  const {
    data,
    shape: [samples, classes],
  } = readDistributions("meanConfidence", probabilities);
  let sum = 0;
  for (let i = 0; i < samples; i++)
    sum += data[i * classes + indexOfLargest(data, i * classes, classes)] as number;
  return sum / samples;
}
