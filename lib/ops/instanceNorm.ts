import * as tf from "../backend/tf";
import { DEFAULT_EPSILON, standardize, type NormOptions } from "./standardize";

/**
 * Instance normalisation (Ulyanov et al., arXiv 1607.08022, eq. 5): each channel of each image is standardised over
 * height and width, then scaled and shifted by channel. Right at every order.
 *
 * @param x [N, height, width, channels].
 * @param scale [channels].
 * @param offset [channels].
 * @returns The shape of x; the caller disposes it.
 * @throws Error when x is not a batch of images.
 */
export function instanceNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  { epsilon = DEFAULT_EPSILON }: NormOptions = {},
): tf.Tensor {
  if (x.rank !== 4)
    throw new Error(
      `instanceNorm: x must be images [N, height, width, channels], got [${x.shape}].`,
    );
  return tf.tidy(() => tf.add(tf.mul(standardize(x, [1, 2], epsilon), scale), offset));
}
