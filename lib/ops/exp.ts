import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";

/**
 * Exponential, with dy exp(x) as its gradient. Right at every order; the second derivative of `tf.exp` is
 * silently wrong.
 *
 * @param x Any shape, float32; above 88 the result is infinite.
 * @returns The shape of x; the caller disposes it.
 */
export function exp(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.exp(x);
  return withGradient([x], tf.exp, (dy, [input]) => [tf.mul(dy, exp(input!))]);
}
