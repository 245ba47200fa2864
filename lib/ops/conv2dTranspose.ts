import * as tf from "../backend/tf";
import "./conv2d"; // for the gradient that it registers

/**
 * Transposed two-dimensional convolution, `tf.conv2dTranspose`: the adjoint of {@link conv2d} in x. Right at every
 * order, for the reason given there.
 *
 * @param x [N, height, width, channels].
 * @param filter [height, width, filters, channels].
 * @param outputShape [N, height', width', filters]; a convolution with these strides and padding must shrink it to x.
 * @returns A tensor of the output shape; the caller disposes it.
 */
export function conv2dTranspose(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  outputShape: [number, number, number, number],
  strides: number | [number, number] = 1,
  pad: "valid" | "same" = "same",
): tf.Tensor4D {
  return tf.conv2dTranspose(x, filter, outputShape, strides, pad);
}
