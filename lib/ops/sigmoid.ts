import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";

/**
 * Logistic function s(x) = 1 / (1 + exp(-x)), with dy s(x) (1 - s(x)) as its gradient. Right at every order; the
 * second derivative of `tf.sigmoid` is silently wrong.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, in [0, 1]; the caller disposes it.
 */
export function sigmoid(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.sigmoid(x);
  return withGradient([x], tf.sigmoid, (dy, [input]) => {
    const y = sigmoid(input!);
    return [tf.mul(dy, tf.mul(y, tf.sub(1, y)))];
  });
}
