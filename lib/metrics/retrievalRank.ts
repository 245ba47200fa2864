import type * as tf from "../backend/tf";
import { squaredDistancesFrom } from "./distances";
import { readPair, type Rows } from "./rows";

/**
 * Where each sample's true partner stands among all candidates, ordered by their Euclidean distance to the sample: 1 where
 * it is the nearest; candidates that are as near as the partner count half. Chance gives (N + 1) / 2. Unlike the distance
 * to the partner itself, a rank is not improved by samples that are close to everything, such as the mean picture.
 *
 * @param samples [N, d]; made from the inputs whose true outputs are the partners. Not disposed.
 * @param partners [N, d], in the same order. Not disposed.
 * @returns One rank a sample, from 1 to N.
 * @throws Error when the numbers of samples or of dimensions differ, or a number is not finite.
 */
export function retrievalRank(samples: tf.Tensor2D | Rows, partners: tf.Tensor2D | Rows): number[] {
  const [made, truth] = readPair("retrievalRank", { samples, partners });
  const [count] = made.shape;
  if (truth.shape[0] !== count)
    throw new Error(
      `retrievalRank: each sample has one partner, got ${count} samples and ${truth.shape[0]} partners.`,
    );
  const distances = new Float64Array(count);
  return Array.from({ length: count }, (_, i) => {
    squaredDistancesFrom(made, i, truth, distances);
    const own = distances[i] as number;
    let nearer = 0;
    let equal = 0;
    for (const distance of distances) {
      if (distance < own) nearer += 1;
      else if (distance === own) equal += 1;
    }
    return 1 + nearer + (equal - 1) / 2;
  });
}
