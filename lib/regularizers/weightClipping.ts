import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import type { Constraint } from "./regularizer";

/**
 * Weight clipping (Arjovsky et al., arXiv 1701.07875, algorithm 1): after each update every trainable weight of the critic
 * is limited to [-limit, limit].
 *
 * @param options `limit` is the paper's c, above 0; default 0.01.
 */
export function weightClipping({ limit = 0.01 }: { readonly limit?: number } = {}): Constraint {
  if (!(limit > 0))
    throw new RangeError(`weightClipping: the limit must be above 0, got ${limit}.`);
  const clip = (discriminator: tf.LayersModel): void =>
    tf.tidy(() => {
      for (const weight of discriminator.trainableWeights)
        weight.write(tf.clipByValue(weight.read(), -limit, limit));
    });
  return pure(clip, { limit });
}
