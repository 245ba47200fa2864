import * as tf from "../backend/tf";
import { elu } from "./elu";
import { differentiatedTwice } from "./gradients";

const ALPHA = 1.6732632423543772;
const LAMBDA = 1.0507009873554805;

/**
 * Scaled exponential linear unit: lambda x where x > 0, lambda alpha (exp(x) - 1) elsewhere (Klambauer et al.,
 * arXiv 1706.02515, eq. 2). Right at every order; `tf.selu` cannot be differentiated twice.
 *
 * @param x Any shape, float32.
 * @returns The shape of x; the caller disposes it.
 */
export function selu(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.selu(x);
  return tf.tidy(() =>
    tf.mul(LAMBDA, tf.add(tf.mul(ALPHA, elu(x)), tf.mul(1 - ALPHA, tf.relu(x)))),
  );
}
