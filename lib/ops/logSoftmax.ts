import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";
import { softmax } from "./softmax";

/**
 * The logarithm of the softmax over the last axis, with dy - softmax(x) sum(dy) as its gradient. Right at every
 * order; the second derivative of `tf.logSoftmax` is silently wrong.
 *
 * @param logits [..., classes], float32.
 * @returns The shape of the logits, at most 0, finite for finite logits; the caller disposes it.
 */
export function logSoftmax(logits: tf.Tensor): tf.Tensor {
  const value = (x: tf.Tensor): tf.Tensor => tf.logSoftmax(x);
  if (!differentiatedTwice()) return value(logits);
  return withGradient([logits], value, (dy, [input]) => [
    tf.sub(dy, tf.mul(softmax(input!), tf.sum(dy, -1, true))),
  ]);
}
