/** Whether generated samples are as far from one another as real ones. */
import type * as tf from "../backend/tf";
import { squaredNeighbourRadii } from "./distances";
import { readPair, type CheckedRows, type Rows } from "./rows";

/** The median of a set's distances to the k-th nearest other sample. */
function medianDistance(what: string, rows: CheckedRows, k: number): number {
  const sorted = squaredNeighbourRadii("relativeDiversity", what, rows, k).sort();
  return Math.sqrt(sorted[Math.floor((sorted.length - 1) / 2)] as number);
}

/**
 * How far a generated sample typically is from a near other one, relative to the same of real samples: about 1 for samples of
 * the real distribution, near 0 where they are alike, above 1 where they lie further apart. The median is over the
 * samples, so that a few outliers hide no collapse.
 *
 * With k = 1, the nearest, it finds copies. Few samples are copies where a collapsed generator still adds some noise; with k of
 * half the set it finds samples that together fill only one part of the data.
 *
 * @param real Real samples, [N, d]; pixels or features, the same for both. Not disposed.
 * @param fake As many generated samples, [N, d], since many crowd more than few. Not disposed.
 * @param k Which neighbour, from 1, the default, to N - 1.
 * @throws Error when the shapes differ, a number is not finite or half of the real samples are copies; RangeError when there is no k-th neighbour.
 */
export function relativeDiversity(
  real: tf.Tensor2D | Rows,
  fake: tf.Tensor2D | Rows,
  { k = 1 }: { readonly k?: number } = {},
): number {
  const [realRows, fakeRows] = readPair("relativeDiversity", { real, fake });
  if (realRows.shape[0] !== fakeRows.shape[0]) {
    throw new Error(
      `relativeDiversity: real and fake must have equally many samples, got ${realRows.shape[0]} and ${fakeRows.shape[0]}. Take as many of one as of the other.`,
    );
  }
  const ofReal = medianDistance("real", realRows, k);
  if (ofReal === 0)
    throw new Error(
      "relativeDiversity: at least half of the real samples have equal ones, so there is nothing to compare with. Give samples that differ.",
    );
  return medianDistance("fake", fakeRows, k) / ofReal;
}
