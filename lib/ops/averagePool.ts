import { hasNativeKernels } from "../backend/kernels";
import * as tf from "../backend/tf";
import { cellsOfWindows } from "./windows";

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
}

/** Average pooling is linear: the derivative of its gradient is average pooling. tf.js lacks it. */
tf.registerGradient({
  kernelName: tf.AvgPoolGrad,
  inputsToSave: ["input"],
  gradFunc: (upstream, [input], attributes) => {
    const { filterSize, strides, pad } = attributes as unknown as PoolAttributes;
    return {
      dy: () => tf.avgPool(upstream as tf.Tensor4D, filterSize, strides, pad),
      input: () => tf.zerosLike(input!),
    };
  },
});

/**
 * Average pooling over the cells of a window that lie in the image. Right at every order: the native kernels with the
 * gradient that is registered above, which serves `tf.avgPool` and the layers on it as well; means written out on other
 * backends, where tf.js's gradient is wrong at padded borders.
 *
 * @param x [N, height, width, channels].
 * @param size Height and width of a window.
 * @returns [N, height', width', channels]; the caller disposes it.
 */
export function averagePool(
  x: tf.Tensor4D,
  size = 2,
  strides = size,
  pad: "valid" | "same" = "valid",
): tf.Tensor4D {
  if (hasNativeKernels()) return tf.avgPool(x, size, strides, pad);
  const sums = (input: tf.Tensor, axis: number): tf.Tensor =>
    tf.sum(cellsOfWindows(input, axis, { size, stride: strides, pad }, 0), 0);
  return tf.tidy(() => {
    const cells = sums(sums(tf.ones([1, x.shape[1], x.shape[2], 1]), 1), 2);
    return tf.div(sums(sums(x, 1), 2), cells);
  });
}
