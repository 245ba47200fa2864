/** One vector a sample, from a tensor or from plain numbers; what the metrics take. */
import * as tf from "../backend/tf";

/** N vectors of d numbers, row-major: what a metric takes in place of a tensor. */
export interface Rows {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [samples: number, dimensions: number];
}

/** Vectors that were checked: all numbers finite. */
export interface CheckedRows extends Rows {
  readonly data: Float64Array;
}

/**
 * Reads N vectors and checks them. A tensor is not disposed.
 *
 * @param caller The metric that asks, and `what` the argument it asks for; both stand in the error.
 * @throws Error when the shape is not [N >= 1, d >= 1], the data does not fill it, or a number is not finite.
 */
export function readRows(caller: string, what: string, values: tf.Tensor2D | Rows): CheckedRows {
  const shape: readonly number[] = values.shape;
  const [samples, dimensions] = shape;
  if (
    shape.length !== 2 ||
    samples === undefined ||
    dimensions === undefined ||
    samples < 1 ||
    dimensions < 1
  ) {
    throw new Error(
      `${caller}: ${what} must have the shape [N, d] with at least one row and one column, got [${shape.join(", ")}].`,
    );
  }
  const data = new Float64Array(values instanceof tf.Tensor ? values.dataSync() : values.data);
  if (data.length !== samples * dimensions) {
    throw new Error(
      `${caller}: ${what} of shape [${shape.join(", ")}] must hold ${samples * dimensions} numbers, got ${data.length}.`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new Error(
      `${caller}: ${what} must be finite, got ${data[bad]} in row ${Math.floor(bad / dimensions)}. ` +
        "Something before this diverged; look there.",
    );
  }
  return { data, shape: [samples, dimensions] };
}

/**
 * Reads two sets of vectors that are to be compared, and checks them.
 *
 * @param sets Both, by the names of the metric's arguments.
 * @throws Error as {@link readRows} does, and when the dimensions differ.
 */
export function readPair(
  caller: string,
  sets: Readonly<Record<string, tf.Tensor2D | Rows>>,
): [CheckedRows, CheckedRows] {
  const names = Object.keys(sets);
  const [a, b] = names.map((name) => readRows(caller, name, sets[name] as tf.Tensor2D | Rows)) as [
    CheckedRows,
    CheckedRows,
  ];
  if (a.shape[1] === b.shape[1]) return [a, b];
  throw new Error(
    `${caller}: ${names.join(" and ")} must have features of the same dimension, got ${a.shape[1]} and ${b.shape[1]}. ` +
      "Take both from the same layer of the same network.",
  );
}
