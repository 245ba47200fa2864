import * as tf from "../backend/tf";
import { softplus } from "./softplus";

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
