/** Class probabilities, one distribution a sample: what the metrics of a classifier take. */
import type * as tf from "../backend/tf";
import { readRows, type CheckedRows, type Rows } from "./rows";

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
