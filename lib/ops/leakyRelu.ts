import * as tf from "../backend/tf";
import { hasNativeKernels, runKernel } from "../backend/kernels";

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
