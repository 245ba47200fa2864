import * as tf from "../backend/tf";

/**
 * The sums of all elements up to each, along one axis. Right at every order; the derivative of `tf.cumsum` is wrong along
 * any axis but the last.
 *
 * @param x Any shape of rank 1 or more.
 * @param axis From -rank to rank - 1.
 * @returns The shape of x; the caller disposes it.
 * @throws RangeError for an axis that x does not have.
 */
export function cumulativeSum(x: tf.Tensor, axis = -1): tf.Tensor {
  const last = x.rank - 1;
  const place = axis < 0 ? axis + x.rank : axis;
  if (!Number.isInteger(axis) || place < 0 || place > last)
    throw new RangeError(
      `cumulativeSum: axis ${axis} is not one of the ${x.rank} axes of [${x.shape.join(", ")}].`,
    );
  if (place === last) return tf.cumsum(x, last);
  const swapped = x.shape.map((_, i) => (i === place ? last : i === last ? place : i));
  return tf.tidy(() => tf.transpose(tf.cumsum(tf.transpose(x, swapped), last), swapped));
}
