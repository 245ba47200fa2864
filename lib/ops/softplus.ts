import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";
import { sigmoid } from "./sigmoid";

/**
 * Softplus log(1 + exp(x)), with dy s(x) as its gradient, s the logistic function. Right at every order;
 * `tf.softplus` is right at first and second order.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, finite for every finite x; the caller disposes it.
 */
export function softplus(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.softplus(x);
  return withGradient([x], tf.softplus, (dy, [input]) => [tf.mul(dy, sigmoid(input!))]);
}
