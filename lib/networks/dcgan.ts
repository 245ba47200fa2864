/** The convolutional networks of DCGAN (Radford et al., arXiv 1511.06434), for images of any size that halves well. */
import * as tf from "../backend/tf";
import { activation } from "../layers/Activation";
import { batchNormalization } from "../layers/BatchNormalization";
import { layerNormalization } from "../layers/ChannelNormalization";
import { leakyReLU } from "../layers/LeakyReLU";
import { spectralConv2d } from "../layers/SpectralConv2D";
import { spectralDense } from "../layers/SpectralDense";
import type { RandomStream } from "../ops/random";
import { normalWeights } from "./imageBlocks";

/** What {@link dcganGenerator} and {@link dcganDiscriminator} share. */
export interface DcganOptions {
  /** Height, width and channels of an image. Default [28, 28, 1]. */
  readonly imageShape?: readonly [number, number, number];
  /** Channels of the layer next to the image; each further layer has twice as many. Default 64. */
  readonly filters?: number;
  /** Where the initial weights come from: N(0, 0.02), as in the paper. */
  readonly random: RandomStream;
}

/** What {@link dcganGenerator} takes. */
export interface DcganGeneratorOptions extends DcganOptions {
  /** The length of z. Default 100. */
  readonly latentDim?: number;
  /** How layers grow: a transposed convolution as in the paper, or a nearest-neighbour resize and a convolution. Default "transposed". */
  readonly upsampling?: "transposed" | "resize";
  /** What stands before the hidden activations. Default "batch". */
  readonly normalization?: "batch" | "none";
}

/** What {@link dcganDiscriminator} takes. */
export interface DcganDiscriminatorOptions extends DcganOptions {
  /** What stands before the hidden activations, but the first; "spectral" is of every kernel. Default "batch". */
  readonly normalization?: "batch" | "layer" | "spectral" | "none";
}

const KERNEL_SIZE = 5;
/** Images are halved down to at most this side. */
const SMALLEST_SIDE = 7;

/** How often an image can be halved, and what is left. */
function halvings([height, width]: readonly [number, number, number]): {
  count: number;
  height: number;
  width: number;
} {
  let count = 0;
  let [h, w] = [height, width];
  for (; Math.max(h, w) > SMALLEST_SIDE && h % 2 === 0 && w % 2 === 0; count++)
    [h, w] = [h / 2, w / 2];
  if (count === 0 || Math.max(h, w) > SMALLEST_SIDE) {
    throw new RangeError(
      `dcgan: images of ${height} x ${width} cannot be halved down to at most ${SMALLEST_SIDE} pixels; ` +
        "give sides such as 28, 32, 48 or 64.",
    );
  }
  return { count, height: h, width: w };
}

function upsample(
  filters: number,
  upsampling: "transposed" | "resize",
  useBias: boolean,
  random: RandomStream,
): tf.layers.Layer[] {
  const options = {
    filters,
    kernelSize: KERNEL_SIZE,
    padding: "same",
    useBias,
    kernelInitializer: normalWeights(random),
  } as const;
  if (upsampling === "transposed") return [tf.layers.conv2dTranspose({ ...options, strides: 2 })];
  return [
    tf.layers.upSampling2d({ size: [2, 2], interpolation: "nearest" }),
    tf.layers.conv2d(options),
  ];
}

/**
 * DCGAN's generator: a dense layer to a small map, then layers that double it, each with normalisation and ReLU; tanh
 * at the end. For 28 x 28 images: z -> 7 x 7 x 128 -> 14 x 14 x 64 -> 28 x 28 x 1.
 *
 * @returns A model from [N, latentDim] to [N, height, width, channels] in [-1, 1].
 * @throws RangeError for sides that do not halve down to at most 7 pixels.
 */
export function dcganGenerator({
  latentDim = 100,
  filters = 64,
  imageShape = [28, 28, 1],
  upsampling = "transposed",
  normalization = "batch",
  random,
}: DcganGeneratorOptions): tf.Sequential {
  const { count, height, width } = halvings(imageShape);
  const top = filters * 2 ** (count - 1);
  const useBias = normalization === "none"; // batch normalisation has a shift of its own
  const hidden = (): tf.layers.Layer[] => [
    ...(normalization === "batch" ? [batchNormalization()] : []),
    tf.layers.reLU(),
  ];
  const model = tf.sequential({ name: "generator" });
  model.add(
    tf.layers.dense({
      units: height * width * top,
      inputShape: [latentDim],
      useBias,
      kernelInitializer: normalWeights(random),
    }),
  );
  model.add(tf.layers.reshape({ targetShape: [height, width, top] }));
  for (const layer of hidden()) model.add(layer);
  for (let channels = top / 2; channels >= filters; channels /= 2) {
    for (const layer of [...upsample(channels, upsampling, useBias, random), ...hidden()])
      model.add(layer);
  }
  for (const layer of upsample(imageShape[2], upsampling, true, random)) model.add(layer);
  model.add(activation("tanh"));
  return model;
}

/**
 * DCGAN's discriminator, or a critic: strided convolutions that halve the image, LeakyReLU 0.2, no dense hidden layer.
 * For 28 x 28 images: 28 x 28 x 1 -> 14 x 14 x 64 -> 7 x 7 x 128 -> one logit.
 *
 * @returns A model from [N, height, width, channels] to logits [N, 1].
 * @throws RangeError for sides that do not halve down to at most 7 pixels.
 */
export function dcganDiscriminator({
  filters = 64,
  imageShape = [28, 28, 1],
  normalization = "batch",
  random,
}: DcganDiscriminatorOptions): tf.Sequential {
  const { count } = halvings(imageShape);
  const model = tf.sequential({ name: "discriminator" });
  model.add(tf.layers.inputLayer({ inputShape: [...imageShape] }));
  for (let level = 0; level < count; level++) {
    const normalized = level > 0 && (normalization === "batch" || normalization === "layer");
    const shared = {
      filters: filters * 2 ** level,
      kernelSize: KERNEL_SIZE,
      strides: 2,
      padding: "same",
      useBias: !normalized,
    } as const;
    if (normalization === "spectral") model.add(spectralConv2d({ ...shared, seed: random.seed() }));
    else model.add(tf.layers.conv2d({ ...shared, kernelInitializer: normalWeights(random) }));
    if (normalized)
      model.add(normalization === "batch" ? batchNormalization() : layerNormalization());
    model.add(leakyReLU());
  }
  model.add(tf.layers.flatten());
  if (normalization === "spectral") model.add(spectralDense({ units: 1, seed: random.seed() }));
  else model.add(tf.layers.dense({ units: 1, kernelInitializer: normalWeights(random) }));
  return model;
}
