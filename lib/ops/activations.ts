/** Activations whose derivatives are right at every order: those of tf.js are missing or silently wrong at the second. */
import * as tf from "../backend/tf";
import { differentiatedTwice, withGradient } from "./gradients";
import { hasNativeKernels, runKernel } from "../backend/kernels";

/**
 * Exponential, with dy exp(x) as its gradient. Right at every order; the second derivative of `tf.exp` is
 * silently wrong.
 *
 * @param x Any shape, float32; above 88 the result is infinite.
 * @returns The shape of x; the caller disposes it.
 */
export function exp(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.exp(x);
  return withGradient([x], tf.exp, (dy, [input]) => [tf.mul(dy, exp(input!))]);
}

/**
 * Exponential linear unit: x where x > 0, exp(x) - 1 elsewhere (Clevert et al., arXiv 1511.07289, eq. 15 with
 * alpha 1). Its gradient is dy exp(min(x, 0)). Right at every order; `tf.elu` cannot be differentiated twice.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, above -1; the caller disposes it.
 */
export function elu(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.elu(x);
  return withGradient([x], tf.elu, (dy, [input]) => [
    tf.mul(dy, exp(tf.neg(tf.relu(tf.neg(input!))))),
  ]);
}

const ALPHA = 1.6732632423543772;
const LAMBDA = 1.0507009873554805;

/**
 * Scaled exponential linear unit: lambda x where x > 0, lambda alpha (exp(x) - 1) elsewhere (Klambauer et al.,
 * arXiv 1706.02515, eq. 2). Right at every order; `tf.selu` cannot be differentiated twice.
 *
 * @param x Any shape, float32.
 * @returns The shape of x; the caller disposes it.
 */
export function selu(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.selu(x);
  return tf.tidy(() =>
    tf.mul(LAMBDA, tf.add(tf.mul(ALPHA, elu(x)), tf.mul(1 - ALPHA, tf.relu(x)))),
  );
}

/**
 * Logistic function s(x) = 1 / (1 + exp(-x)), with dy s(x) (1 - s(x)) as its gradient. Right at every order; the
 * second derivative of `tf.sigmoid` is silently wrong.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, in [0, 1]; the caller disposes it.
 */
export function sigmoid(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.sigmoid(x);
  return withGradient([x], tf.sigmoid, (dy, [input]) => {
    const y = sigmoid(input!);
    return [tf.mul(dy, tf.mul(y, tf.sub(1, y)))];
  });
}

/**
 * Softplus log(1 + exp(x)), with dy s(x) as its gradient, s the logistic function. Right at every order;
 * `tf.softplus` is right at first and second order.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, finite for every finite x; the caller disposes it.
 */
export function softplus(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.softplus(x);
  return withGradient([x], tf.softplus, (dy, [input]) => [tf.mul(dy, sigmoid(input!))]);
}

/**
 * Swish, also called SiLU: x s(x), s the logistic function (Ramachandran et al., arXiv 1710.05941, beta 1). Right at
 * every order; the second derivative of x * tf.sigmoid(x) is silently wrong.
 *
 * @param x Any shape, float32.
 * @returns The shape of x; the caller disposes it.
 */
export function swish(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mul(x, sigmoid(x)));
}

/**
 * Hyperbolic tangent, with dy (1 - tanh(x)^2) as its gradient. Right at every order; the second derivative of
 * `tf.tanh` is silently wrong.
 *
 * @param x Any shape, float32.
 * @returns The shape of x, in [-1, 1]; the caller disposes it.
 */
export function tanh(x: tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return tf.tanh(x);
  return withGradient([x], tf.tanh, (dy, [input]) => [
    tf.mul(dy, tf.sub(1, tf.square(tanh(input!)))),
  ]);
}

/** How `tf.customGrad` keeps tensors for the backward pass; tf.js does not export the type. */
type SaveForGradient = (tensors: tf.Tensor[]) => void;

/**
 * Leaky rectified linear unit: x where x > 0, slope * x elsewhere (Maas et al., 2013). Right at first and
 * second order, unlike `tf.leakyRelu`, whose gradient cannot be differentiated.
 *
 * @param x Any shape, float32.
 * @param slope At least 0; 0.2 in most GAN papers.
 * @returns The shape of x; the caller disposes it.
 */
export function leakyRelu(x: tf.Tensor, slope = 0.2): tf.Tensor {
  return hasNativeKernels() ? nativeLeakyRelu(x, slope) : composedLeakyRelu(x, slope);
}

/** From two rectifiers, whose derivatives tf.js has right at every order. */
function composedLeakyRelu(x: tf.Tensor, slope: number): tf.Tensor {
  return tf.tidy(() => tf.sub(tf.relu(x), tf.mul(slope, tf.relu(tf.neg(x)))));
}

function nativeLeakyRelu(x: tf.Tensor, slope: number): tf.Tensor {
  const forward = tf.customGrad((input, save) => {
    const source = input as tf.Tensor;
    (save as SaveForGradient)([source]);
    return {
      value: runKernel("LeakyRelu", { alpha: slope }, [source]),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        leakyReluGradient(dy, saved[0] as tf.Tensor, slope),
    };
  });
  return forward(x);
}

/** dy where x > 0, slope * dy elsewhere: linear in dy, flat in x almost everywhere. */
function leakyReluGradient(dy: tf.Tensor, x: tf.Tensor, slope: number): tf.Tensor {
  const backward = tf.customGrad((upstream, source, save) => {
    (save as SaveForGradient)([source as tf.Tensor]);
    return {
      value: runKernel("LeakyReluGrad", { alpha: slope }, [
        upstream as tf.Tensor,
        source as tf.Tensor,
      ]),
      gradFunc: (ddy: tf.Tensor, saved: tf.Tensor[]) => {
        const input = saved[0] as tf.Tensor;
        return [leakyReluGradient(ddy, input, slope), tf.zerosLike(input)];
      },
    };
  });
  return backward(dy, x);
}
