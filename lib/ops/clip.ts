import * as tf from "../backend/tf";
import { withGradient, withoutGradient } from "./gradients";

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
