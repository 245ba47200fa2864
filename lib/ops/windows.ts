/** The windows of a pool along one axis, from operations that tf.js differentiates rightly at every order. */
import * as tf from "../backend/tf";

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
