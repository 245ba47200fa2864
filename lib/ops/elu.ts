import * as tf from "../backend/tf";
import { exp } from "./exp";
import { differentiatedTwice, withGradient } from "./gradients";

/**
 * Exponential linear unit: x where x > 0, exp(x) - 1 elsewhere (Clevert et al., arXiv 1511.07289, eq. 15 with
 * alpha 1). Its gradient is dy exp(min(x, 0)). Right at every order; `tf.elu` cannot be differentiated twice.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, above -1; the caller disposes it.
 */
export function elu(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.elu(x);
  return withGradient([x], tf.elu, (dy, [input]) => [
    tf.mul(dy, exp(tf.neg(tf.relu(tf.neg(input!))))),
  ]);
}
