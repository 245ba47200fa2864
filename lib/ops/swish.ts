import * as tf from "../backend/tf";
import { sigmoid } from "./sigmoid";

/**
 * Swish, also called SiLU: x s(x), s the logistic function (Ramachandran et al., arXiv 1710.05941, beta 1). Right at
 * every order; the second derivative of x * tf.sigmoid(x) is silently wrong.
 *
 * @param x Any shape, float32.
 * @returns The shape of x; the caller disposes it.
 */
export function swish(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mul(x, sigmoid(x)));
}
