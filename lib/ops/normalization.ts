/** Normalisations, from operations that tf.js differentiates rightly at every order. */
import * as tf from "../backend/tf";
import { hasNativeKernels, runKernelForAll } from "../backend/kernels";
import { differentiatedTwice } from "./gradients";

/** What every normalisation takes. */
export interface NormOptions {
  /** Added to the variance, above 0. Default 1e-5. */
  readonly epsilon?: number;
}

export const DEFAULT_EPSILON = 1e-5;

/**
 * (x - mean) / sqrt(variance + epsilon) with the moments over the given axes, from operations that tf.js differentiates
 * rightly at every order.
 *
 * @returns The shape of x; the caller disposes it.
 */
export function standardize(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centred), axes, true);
    return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  });
}

/**
 * Instance normalisation (Ulyanov et al., arXiv 1607.08022, eq. 5): each channel of each image is standardised over
 * height and width, then scaled and shifted by channel. Right at every order.
 *
 * @param x [N, height, width, channels].
 * @param scale [channels].
 * @param offset [channels].
 * @returns The shape of x; the caller disposes it.
 * @throws Error when x is not a batch of images.
 */
export function instanceNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  { epsilon = DEFAULT_EPSILON }: NormOptions = {},
): tf.Tensor {
  if (x.rank !== 4)
    throw new Error(
      `instanceNorm: x must be images [N, height, width, channels], got [${x.shape}].`,
    );
  return tf.tidy(() => tf.add(tf.mul(standardize(x, [1, 2], epsilon), scale), offset));
}

/**
 * Layer normalisation (Ba et al., arXiv 1607.06450, eq. 3): each sample is standardised over all its elements, then
 * scaled and shifted by channel. Samples do not see each other, so it goes with a gradient penalty. Right at
 * every order.
 *
 * @param x [N, ..., channels].
 * @param scale [channels].
 * @param offset [channels].
 * @returns The shape of x; the caller disposes it.
 */
export function layerNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
  { epsilon = DEFAULT_EPSILON }: NormOptions = {},
): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(1);
  return tf.tidy(() => tf.add(tf.mul(standardize(x, axes, epsilon), scale), offset));
}

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
