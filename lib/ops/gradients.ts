/** How an operation gets a derivative that is right at every order. */
import * as tf from "../backend/tf";

/** How `tf.customGrad` keeps tensors for the backward pass; tf.js does not export the type. */
type SaveForGradient = (tensors: tf.Tensor[]) => void;

/**
 * True while a function is evaluated whose derivative is differentiated again: inside two `tf.grad`, as a
 * gradient penalty does. Elsewhere an operation may use what is right at first order only, and fast.
 */
export function differentiatedTwice(): boolean {
  return tf.engine().state.gradientDepth > 1;
}

/**
 * An operation with a gradient of our own. It keeps its inputs, never its output: tf.js puts a kept output on the
 * tape before the operation itself, so that second derivatives lose what flows through it. That is why the
 * gradients of `tf.tanh`, `tf.sigmoid` and `tf.exp` are wrong when they are differentiated.
 *
 * @param value The result; nothing in it is differentiated.
 * @param gradient The derivatives by each input, from operations that can be differentiated themselves.
 * @returns The result; the caller disposes it.
 */
export function withGradient(
  inputs: tf.Tensor[],
  value: (...inputs: tf.Tensor[]) => tf.Tensor,
  gradient: (dy: tf.Tensor, inputs: tf.Tensor[]) => tf.Tensor[],
): tf.Tensor {
  const operation = tf.customGrad((...given) => {
    const sources = given.slice(0, inputs.length) as tf.Tensor[];
    (given[inputs.length] as SaveForGradient)(sources);
    return { value: value(...sources), gradFunc: gradient };
  });
  return operation(...inputs);
}

/**
 * A value that differentiation takes for a constant, such as the mask of the inputs that pass ("stop gradient").
 *
 * @returns The value; the caller disposes it.
 */
export function withoutGradient(
  inputs: tf.Tensor[],
  value: (...inputs: tf.Tensor[]) => tf.Tensor,
): tf.Tensor {
  return withGradient(inputs, value, (_dy, sources) =>
    sources.map((source) => tf.zerosLike(source)),
  );
}
