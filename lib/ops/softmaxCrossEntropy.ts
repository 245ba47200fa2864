import * as tf from "../backend/tf";
import { logSoftmax } from "./logSoftmax";

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
