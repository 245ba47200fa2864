import * as tf from "../backend/tf";
import { DEFAULT_EPSILON, standardize, type NormOptions } from "./standardize";

/**
 * Layer normalisation (Ba et al., arXiv 1607.06450, eq. 3): each sample is standardised over all its elements, then
 * scaled and shifted by channel. Samples do not see each other, so it goes with a gradient penalty. Right at
 * every order.
 *
 * @param x [N, ..., channels].
 * @param scale [channels].
 * @param offset [channels].
 * @returns The shape of x; the caller disposes it.
 */
export function layerNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  { epsilon = DEFAULT_EPSILON }: NormOptions = {},
): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(1);
  return tf.tidy(() => tf.add(tf.mul(standardize(x, axes, epsilon), scale), offset));
}
