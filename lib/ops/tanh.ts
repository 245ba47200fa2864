import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";

/**
 * Hyperbolic tangent, with dy (1 - tanh(x)^2) as its gradient. Right at every order; the second derivative of
 * `tf.tanh` is silently wrong.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, in [-1, 1]; the caller disposes it.
 */
export function tanh(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.tanh(x);
  return withGradient([x], tf.tanh, (dy, [input]) => [
    tf.mul(dy, tf.sub(1, tf.square(tanh(input!)))),
  ]);
}
