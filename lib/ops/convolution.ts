/** Convolutions, with the derivatives that tf.js lacks. */
import * as tf from "../backend/tf";

interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * tf.js has the derivatives of a convolution by its input and by its filter, and the derivatives of the former, but not
 * those of the latter, which an unrolled optimizer takes. They are convolutions again: the gradient by the filter,
 * F(x, dy), is linear in both, and sum(F(x, dy) w) = sum(conv2d(x, w) dy).
 */
tf.registerGradient({
  kernelName: tf.Conv2DBackpropFilter,
  inputsToSave: ["x", "dy"],
  gradFunc: (upstream, saved, attributes) => {
    const [x, dy] = saved as [tf.Tensor4D, tf.Tensor4D];
    const { strides, pad, dimRoundingMode } = attributes as unknown as ConvolutionAttributes;
    const filter = upstream as tf.Tensor4D;
    return {
      x: () => tf.conv2dTranspose(dy, filter, x.shape, strides, pad, dimRoundingMode),
      dy: () => tf.conv2d(x, filter, strides, pad, "NHWC", 1, dimRoundingMode),
    };
  },
});

/**
 * Two-dimensional convolution (cross-correlation), `tf.conv2d`. Right at every order, once the gradient above is
 * registered; so are `tf.conv2d` itself and the layers on it.
 *
 * @param x [N, height, width, channels].
 * @param filter [height, width, channels, filters].
 * @returns [N, height', width', filters]; the caller disposes it.
 */
export function conv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: number | [number, number] = 1,
  pad: "valid" | "same" = "same",
): tf.Tensor4D {
  return tf.conv2d(x, filter, strides, pad);
}

import "./convolution"; // for the gradient that it registers

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
