/** Pooling by windows, from operations that tf.js differentiates rightly at every order. */
import * as tf from "../backend/tf";
import { hasNativeKernels } from "../backend/kernels";
import { differentiatedTwice } from "./gradients";
import { max } from "./extrema";

/** How windows lie along an axis. */
export interface Windows {
  readonly size: number;
  readonly stride: number;
  readonly pad: "valid" | "same";
}

/** How many windows there are, and how many cells "same" padding puts before the first. */
function layout(length: number, { size, stride, pad }: Windows): { count: number; before: number } {
  if (pad === "valid") return { count: Math.floor((length - size) / stride) + 1, before: 0 };
  const count = Math.ceil(length / stride);
  return { count, before: Math.floor(Math.max((count - 1) * stride + size - length, 0) / 2) };
}

/**
 * The first, second, ... cell of every window along an axis, stacked along a new first axis.
 *
 * @param fill What padding holds.
 * @returns [size, ...] with the number of windows as the length of the axis; the caller disposes it.
 */
export function cellsOfWindows(
  x: tf.Tensor,
  axis: number,
  windows: Windows,
  fill: number,
): tf.Tensor {
  return tf.tidy(() => {
    const { size, stride } = windows;
    const length = x.shape[axis]!;
    const { count, before } = layout(length, windows);
    const reach = count * stride; // one shifted copy, before only the first of every `stride` cells is kept
    const after = Math.max(size - 1 + reach - length - before, 0);
    const padded = tf.pad(
      x,
      x.shape.map((_, i): [number, number] => (i === axis ? [before, after] : [0, 0])),
      fill,
    );
    const copies = Array.from({ length: size }, (_, shift) =>
      everyNth(
        tf.slice(padded, at(axis, shift, x.rank), withLength(padded, axis, reach)),
        axis,
        stride,
      ),
    );
    return tf.stack(copies);
  });
}

/** Cells 0, n, 2n, ... along an axis; tf.js cannot differentiate a strided slice. */
function everyNth(x: tf.Tensor, axis: number, n: number): tf.Tensor {
  if (n === 1) return x;
  const count = x.shape[axis]! / n;
  const grouped = tf.reshape(x, [...x.shape.slice(0, axis), count, n, ...x.shape.slice(axis + 1)]);
  const firsts = tf.slice(grouped, at(axis, 0, grouped.rank), withLength(grouped, axis + 1, 1));
  return tf.reshape(firsts, withLength(x, axis, count));
}

/** A position on one axis, 0 on the others. */
function at(axis: number, position: number, rank: number): number[] {
  return Array.from({ length: rank }, (_, i) => (i === axis ? position : 0));
}

/** The shape of x with another length along one axis. */
function withLength(x: tf.Tensor, axis: number, length: number): number[] {
  return x.shape.map((whole, i) => (i === axis ? length : whole));
}

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
