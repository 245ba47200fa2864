import * as tf from "../backend/tf";

/** What every normalisation takes. */
export interface NormOptions {
  /** Added to the variance, above 0. Default 1e-5. */
  readonly epsilon?: number;
}

export const DEFAULT_EPSILON = 1e-5;

/**
 * (x - mean) / sqrt(variance + epsilon) with the moments over the given axes, from operations that tf.js differentiates
 * rightly at every order.
 *
 * @returns The shape of x; the caller disposes it.
 */
export function standardize(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centred), axes, true);
    return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  });
}
