import * as tf from "../backend/tf";
import { differentiatedTwice, withoutGradient } from "./gradients";

/**
 * The larger of two values, element by element (maxout: Goodfellow et al., arXiv 1302.4389). The gradient goes to the
 * chosen one, at a tie to `a`. Right at every order; `tf.maximum` cannot be differentiated twice,
 * nor once where it broadcasts.
 *
 * @param a Finite values, float32.
 * @param b Finite values of a shape that broadcasts with that of `a`.
 * @returns The broadcast shape; the caller disposes it.
 */
export function maximum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice() && tf.util.arraysEqual(a.shape, b.shape)) return tf.maximum(a, b);
  return tf.tidy(() => {
    const first = withoutGradient([a, b], (x, y) => tf.cast(tf.greaterEqual(x, y), "float32"));
    return tf.add(tf.mul(first, a), tf.mul(tf.sub(1, first), b));
  });
}
