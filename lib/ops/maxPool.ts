import * as tf from "../backend/tf";
import { differentiatedTwice } from "./gradients";
import { max } from "./max";
import { cellsOfWindows } from "./windows";

/**
 * Max pooling. Right at every order; `tf.maxPool` cannot be differentiated twice, so under two derivatives the pool is
 * the maximum over the cells of each window, first along the height, then along the width. Cells that tie share the
 * gradient there; at first order the first of them gets it.
 *
 * @param x [N, height, width, channels].
 * @param size Height and width of a window.
 * @returns [N, height', width', channels]; the caller disposes it.
 */
export function maxPool(
  x: tf.Tensor4D,
  size = 2,
  strides = size,
  pad: "valid" | "same" = "valid",
): tf.Tensor4D {
  if (!differentiatedTwice()) return tf.maxPool(x, size, strides, pad);
  const alongAxis = (input: tf.Tensor, axis: number): tf.Tensor =>
    max(cellsOfWindows(input, axis, { size, stride: strides, pad }, -Infinity), 0);
  return tf.tidy(() => alongAxis(alongAxis(x, 1), 2) as tf.Tensor4D);
}
