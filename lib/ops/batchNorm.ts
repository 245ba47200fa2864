import { hasNativeKernels, runKernelForAll } from "../backend/kernels";
import * as tf from "../backend/tf";
import { differentiatedTwice } from "./gradients";
import { DEFAULT_EPSILON, standardize, type NormOptions } from "./standardize";

/** What {@link batchNorm} takes besides its tensors. */
export interface BatchNormOptions extends NormOptions {
  /** Gets the batch's mean and unbiased variance, [channels] each, to keep a running average; it disposes neither. */
  readonly onMoments?: (mean: tf.Tensor, variance: tf.Tensor) => void;
}

/**
 * Batch normalisation by the batch's own moments (Ioffe and Szegedy, arXiv 1502.03167, algorithm 1): each channel is
 * standardised over all other axes, then scaled and shifted. Right at every order: one native kernel each way at
 * first order, moments written out under two derivatives. `tf.batchNorm` cannot be differentiated twice.
 *
 * @param x [N, ..., channels].
 * @param scale [channels].
 * @param offset [channels].
 * @returns The shape of x; the caller disposes it.
 */
export function batchNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  { epsilon = DEFAULT_EPSILON, onMoments }: BatchNormOptions = {},
): tf.Tensor {
  const channels = x.shape[x.rank - 1]!;
  return tf.tidy(() => {
    const rows = tf.reshape(x, [-1, 1, 1, channels]); // [N, 1, 1, channels]
    const native = hasNativeKernels() && !differentiatedTwice();
    const y = native
      ? fused(rows, scale, offset, epsilon, onMoments)
      : composed(rows, scale, offset, epsilon, onMoments);
    return tf.reshape(y, x.shape);
  });
}

function composed(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
  onMoments: BatchNormOptions["onMoments"],
): tf.Tensor {
  if (onMoments !== undefined) {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const count = x.shape[0];
    onMoments(mean, tf.mul(variance, count / Math.max(count - 1, 1)));
  }
  return tf.add(tf.mul(standardize(x, [0, 1, 2], epsilon), scale), offset);
}

function fused(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
  onMoments: BatchNormOptions["onMoments"],
): tf.Tensor {
  const attributes = { epsilon, data_format: "NHWC", is_training: true };
  const operation = tf.customGrad((...given) => {
    const [input, gamma, beta, save] = given as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      (tensors: tf.Tensor[]) => void,
    ];
    const none = tf.tensor1d([]);
    const inputs = [input, gamma, beta, none, none];
    const [y, mean, variance, ...reserved] = runKernelForAll(
      "FusedBatchNormV3",
      attributes,
      inputs,
      6,
      ["T", "U"],
    );
    onMoments?.(mean!, variance!);
    save([input, gamma, ...reserved]);
    return {
      value: y!,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        runKernelForAll("FusedBatchNormGradV3", attributes, [dy, ...saved], 5, ["T", "U"]).slice(
          0,
          3,
        ),
    };
  });
  return operation(x, scale, offset);
}
