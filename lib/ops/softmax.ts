import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";

/**
 * Softmax over the last axis, s = exp(x) / sum exp(x), with s (dy - sum(s dy)) as its gradient. Right at every
 * order; the second derivative of `tf.softmax` is silently wrong.
 *
 * @param logits [..., classes], float32.
 * @returns The shape of the logits, each row summing to 1; the caller disposes it.
 */
export function softmax(logits: tf.Tensor): tf.Tensor {
  const value = (x: tf.Tensor): tf.Tensor => tf.softmax(x);
  if (!differentiatedTwice()) return value(logits);
  return withGradient([logits], value, (dy, [input]) => {
    const s = softmax(input!);
    return [tf.mul(s, tf.sub(dy, tf.sum(tf.mul(s, dy), -1, true)))];
  });
}
