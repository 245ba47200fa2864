import * as tf from "../backend/tf";
import { withGradient, withoutGradient } from "./gradients";

/**
 * The largest value along axes. The gradient goes to the largest element; elements that tie share it equally, where
 * `tf.max` gives each of them the whole. Right at every order; `tf.max` cannot be differentiated twice.
 *
 * @param x Any shape, float32.
 * @param axis The axes that are reduced; all of them by default.
 * @param keepDims Whether reduced axes stay, with length 1.
 * @returns x without the reduced axes; the caller disposes it.
 */
export function max(x: tf.Tensor, axis?: number | number[], keepDims = false): tf.Tensor {
  const kept = tf.util
    .parseAxisParam(axis ?? x.shape.map((_, i) => i), x.shape)
    .reduce((shape, reduced) => shape.map((length, i) => (i === reduced ? 1 : length)), x.shape);
  return withGradient(
    [x],
    (input) => tf.max(input, axis, keepDims),
    (dy, [input]) => [
      tf.mul(
        tf.reshape(dy, kept),
        withoutGradient([input!], (source) => shares(source, axis)),
      ),
    ],
  );
}

/** 1 at the largest element along the axes, 1/n at each of n that tie, 0 elsewhere. */
function shares(x: tf.Tensor, axis?: number | number[]): tf.Tensor {
  const largest = tf.cast(tf.equal(x, tf.max(x, axis, true)), "float32");
  return tf.div(largest, tf.sum(largest, axis, true));
}
