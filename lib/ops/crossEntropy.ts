/** Softmax and cross entropies of logits, right at every order. */
import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";
import { softplus } from "./activations";

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

/**
 * Cross-entropy of class probabilities and logits, -sum p log softmax(x), averaged over the rows. Right at every
 * order.
 *
 * @param labels Probabilities [N, classes]; one-hot for hard labels.
 * @param logits [N, classes].
 * @returns A scalar, finite for finite logits; the caller disposes it.
 * @throws Error when the shapes differ.
 */
export function softmaxCrossEntropy(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(
    labels.shape,
    logits.shape,
    "softmaxCrossEntropy: labels and logits must have one shape. ",
  );
  return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(labels, logSoftmax(logits)), -1))));
}

/**
 * Cross-entropy of probabilities p and logits x, -p log s(x) - (1 - p) log(1 - s(x)) with s the logistic function,
 * averaged over all elements. It is computed as p softplus(-x) + (1 - p) softplus(x), which stays exact where the
 * probability rounds to 0 or 1. Right at every order; the second derivative of `tf.losses.sigmoidCrossEntropy` is
 * silently wrong.
 *
 * @param labels Probabilities in [0, 1], the shape of the logits.
 * @param logits Any shape.
 * @returns A scalar, finite for finite logits; the caller disposes it.
 * @throws Error when the shapes differ.
 */
export function binaryCrossEntropy(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(
    labels.shape,
    logits.shape,
    "binaryCrossEntropy: labels and logits must have one shape. ",
  );
  return tf.tidy(() => {
    const ofOnes = tf.mul(labels, softplus(tf.neg(logits)));
    const ofZeros = tf.mul(tf.sub(1, labels), softplus(logits));
    return tf.mean<tf.Scalar>(tf.add(ofOnes, ofZeros));
  });
}
