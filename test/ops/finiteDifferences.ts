/** Analytic derivatives beside central finite differences, in float32. */
import { createRandom, tf } from "gan-lib";

/** A function from a tensor to a tensor of any shape. */
export type TensorFunction = (x: tf.Tensor) => tf.Tensor;

const STEP = 1e-2;

/** The largest |value|, as a plain number. */
function largest(x: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(x)).dataSync()[0] as number);
}

/** How far `derivative` is from the central difference of `f` along a random direction, relative to its size. */
function relativeError(f: (x: tf.Tensor) => tf.Tensor, derivative: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): number {
  return tf.tidy(() => {
    const direction = createRandom(99).normal(x.shape);
    const numeric = tf.div(tf.sub(f(tf.add(x, tf.mul(STEP, direction))), f(tf.sub(x, tf.mul(STEP, direction)))), 2 * STEP);
    const analytic = tf.sum(tf.mul(derivative(x), direction));
    return largest(tf.sub(numeric, analytic)) / Math.max(1, largest(analytic));
  });
}

/** The relative error of the first derivative of sum(f(x)^2 + f(x)) that tf.js takes. */
export function firstOrderError(f: TensorFunction, x: tf.Tensor): number {
  const scalar = (input: tf.Tensor): tf.Scalar => tf.tidy(() => tf.sum(tf.add(tf.square(f(input)), f(input))));
  return relativeError(scalar, tf.grad(scalar), x);
}

/** The relative error of the derivative of the squared norm of the first derivative: what a gradient penalty takes. */
export function secondOrderError(f: TensorFunction, x: tf.Tensor): number {
  const scalar = (input: tf.Tensor): tf.Tensor => tf.sum(tf.add(tf.square(f(input)), f(input)));
  const penalty = (input: tf.Tensor): tf.Scalar => tf.tidy(() => tf.sum(tf.square(tf.grad(scalar)(input))));
  return relativeError(penalty, tf.grad(penalty), x);
}
