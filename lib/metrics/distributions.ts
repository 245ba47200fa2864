/** Class probabilities, one distribution a sample: what the metrics of a classifier take. */
import type * as tf from "../backend/tf";
import { type CheckedRows, type Rows, readRows } from "./rows";

/** How far a row may be from summing to 1: float32 rounding, with room. */
const SUM_TOLERANCE = 1e-3;

/**
 * Reads class probabilities and checks that each row is a distribution. A tensor is not disposed.
 *
 * @throws Error when a row has a negative entry or does not sum to 1.
 */
export function readDistributions(caller: string, probabilities: tf.Tensor2D | Rows): CheckedRows {
  const rows = readRows(caller, "probabilities", probabilities);
  const [samples, classes] = rows.shape;
  for (let i = 0; i < samples; i++) {
    const row = rows.data.subarray(i * classes, (i + 1) * classes);
    const sum = row.reduce((total, p) => total + p, 0);
    if (row.some((p) => p < 0) || Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new Error(
        `${caller}: row ${i} of the probabilities is not a distribution (it sums to ${sum}). Give softmax outputs, not logits.`,
      );
    }
  }
  return rows;
}

/** The place of the largest of `length` numbers from `start` on, counted from `start`; the first of equal ones. */
export function indexOfLargest(data: Float64Array, start: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) {
    if ((data[start + i] as number) > (data[start + best] as number)) best = i;
  }
  return best;
}

/**
 * The Kullback-Leibler divergence of counted shares from equal shares, in nats: 0 (equal) … log K (all in one of K places).
 *
 * @param counts [K], not all 0.
 */
export function klToUniform(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts
    .filter((count) => count > 0)
    .reduce((sum, count) => sum + (count / total) * Math.log((count / total) * counts.length), 0);
}

/** The score that is Inception's where the classifier is Inception. */

/**
 * exp E[KL(p(y|x) || p(y))] (Salimans et al., arXiv 1606.03498, section 4): high where each sample is surely of a class and
 * the classes are equally frequent. It never sees the real data, nor anything within a class.
 *
 * It is the "Inception score" only for the Inception network; otherwise it must be named after its classifier.
 *
 * @param probabilities p(y|x), [N, K], each row a distribution over K classes. Not disposed.
 * @returns From 1 (all samples alike to the classifier) to K.
 * @throws Error when a row is not a distribution.
 */
export function classifierScore(probabilities: tf.Tensor2D | Rows): number {
  const {
    data,
    shape: [samples, classes],
  } = readDistributions("classifierScore", probabilities);
  const marginal = new Float64Array(classes);
  data.forEach((p, i) => (marginal[i % classes] = (marginal[i % classes] as number) + p / samples));
  const divergence = data.reduce(
    (sum, p, i) => sum + (p > 0 ? p * Math.log(p / (marginal[i % classes] as number)) : 0),
    0,
  );
  return Math.exp(divergence / samples);
}
