/** Analytic derivatives beside central finite differences, in float32. */
import assert from "node:assert/strict";
import { createRandom, tf } from "gan-lib";

/** A function from a tensor to a tensor of any shape. */
export type TensorFunction = (x: tf.Tensor) => tf.Tensor;

/** How far an analytic derivative may be from the difference, relative to its size where that is above 1. */
export const TOLERANCE = 1e-2;

/** Each element moves by at most this much; inputs stay further away from kinks. */
const STEP = 1e-2;

/** The largest |value|, as a plain number. */
function largest(x: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(x)).dataSync()[0] as number);
}

/** How far `derivative` is from the central difference of `f` along a random direction, relative to its size. */
export function relativeError(
  f: (x: tf.Tensor) => tf.Tensor,
  derivative: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
): number {
  return tf.tidy(() => {
    const direction = createRandom(99).uniform(x.shape, -1, 1);
    const numeric = tf.div(
      tf.sub(f(tf.add(x, tf.mul(STEP, direction))), f(tf.sub(x, tf.mul(STEP, direction)))),
      2 * STEP,
    );
    const analytic = tf.sum(tf.mul(derivative(x), direction));
    const error = largest(tf.sub(numeric, analytic)) / Math.max(1, largest(analytic));
    return Number.isNaN(error) ? Infinity : error;
  });
}

/** sum(w (f(x)^2 + f(x))) with random weights w: without them a normalised output would have a constant sum and no slope. */
function scalarOf(f: TensorFunction): (x: tf.Tensor) => tf.Scalar {
  return (x) =>
    tf.tidy(() => {
      const y = f(x);
      const weights = createRandom(98).uniform(y.shape, 0.5, 1.5);
      return tf.sum(tf.mul(weights, tf.add(tf.square(y), y)));
    });
}

/** The relative error of the first derivative of that sum that tf.js takes. */
export function firstOrderError(f: TensorFunction, x: tf.Tensor): number {
  return relativeError(scalarOf(f), tf.grad(scalarOf(f)), x);
}

/**
 * The relative error of the derivative of the squared norm of the first derivative: what a gradient penalty takes. The
 * differences are those of the first derivative as it is where nothing differentiates it again.
 */
export function secondOrderError(f: TensorFunction, x: tf.Tensor): number {
  const penalty = (input: tf.Tensor): tf.Scalar =>
    tf.tidy(() => tf.sum(tf.square(tf.grad(scalarOf(f))(input))));
  return relativeError(penalty, tf.grad(penalty), x);
}

/** Asserts that both orders agree with the differences. */
export function assertDerivatives(f: TensorFunction, x: tf.Tensor): void {
  const first = firstOrderError(f, x);
  const second = secondOrderError(f, x);
  assert.ok(first < TOLERANCE, `first order: relative error ${first} at shape [${x.shape}]`);
  assert.ok(second < TOLERANCE, `second order: relative error ${second} at shape [${x.shape}]`);
}
