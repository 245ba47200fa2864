/** What picks the larger or the smaller, with derivatives at every order. */
import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient, withoutGradient } from "./gradients";

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

/**
 * Values limited to [low, high]. The gradient passes inside, ends included, and is 0 outside. Right at every order;
 * `tf.clipByValue` cannot be differentiated twice.
 *
 * @param x Any shape, float32.
 * @returns The shape of x; the caller disposes it.
 * @throws RangeError when low is above high.
 */
export function clip(x: tf.Tensor, low: number, high: number): tf.Tensor {
  if (!(low <= high))
    throw new RangeError(`clip: low must not be above high, got low ${low} and high ${high}.`);
  const inside = (input: tf.Tensor): tf.Tensor =>
    tf.cast(tf.logicalAnd(tf.greaterEqual(input, low), tf.lessEqual(input, high)), "float32");
  return withGradient(
    [x],
    (input) => tf.clipByValue(input, low, high),
    (dy, [input]) => [tf.mul(dy, withoutGradient([input!], inside))],
  );
}
