import * as tf from "../backend/tf";
import { maximum } from "./maximum";

/**
 * The smaller of two values, element by element: -max(-a, -b). The gradient goes to the chosen one, at a tie to `a`.
 * Right at every order; `tf.minimum` cannot be differentiated twice, nor once where it broadcasts.
 *
 * @param a Finite values, float32.
 * @param b Finite values of a shape that broadcasts with that of `a`.
 * @returns The broadcast shape; the caller disposes it.
 */
export function minimum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.neg(maximum(tf.neg(a), tf.neg(b))));
}
