/** The networks of the experiments on stacked MNIST, 28 x 28 images of several channels. */
import * as tf from "../backend/tf";
import { activation } from "../layers/Activation";
import { batchNormalization } from "../layers/BatchNormalization";
import { leakyReLU } from "../layers/LeakyReLU";
import type { RandomStream } from "../ops/random";
import { normalWeights } from "./imageBlocks";

/** Of the images, and of the maps that lead to them: 28 halved and rounded up. */
const SIDES = [28, 14, 7, 4, 2];

/** What both networks take. */
export interface StackedDigitsNetworkOptions {
  /** The channels of the maps, in the order of the layers; each doubles or halves the side. */
  readonly widths: readonly number[];
  /** Height and width of all kernels. */
  readonly kernelSize: number;
  /** Where the initial weights come from. */
  readonly random: RandomStream;
}

/** Transposed convolutions of stride 2 give even sides; TensorFlow reaches an odd one by leaving out the first row and column. */
function doubled(
  filters: number,
  from: number,
  to: number,
  { kernelSize, random }: StackedDigitsNetworkOptions,
  useBias: boolean,
): tf.layers.Layer[] {
  const options = {
    filters,
    kernelSize,
    strides: 2,
    padding: "same",
    useBias,
    kernelInitializer: normalWeights(random),
  } as const;
  const extra = 2 * from - to;
  const crop = tf.layers.cropping2D({
    cropping: [
      [extra, 0],
      [extra, 0],
    ],
  });
  return [tf.layers.conv2dTranspose(options), ...(extra > 0 ? [crop] : [])];
}

/**
 * A generator: a dense layer to a map, transposed convolutions that double it, each with batch normalisation and ReLU, and
 * a last layer to the channels, tanh. The last layer doubles as well where the map is not 28 x 28 yet.
 *
 * @param options `latentDim` is the length of z, `side` that of the first map: 2 or 4; `channels` of the images, default 3.
 * @returns A model from [N, latentDim] to [N, 28, 28, channels] in [-1, 1].
 * @throws RangeError when the widths do not lead from `side` to 28 or 14.
 */
export function stackedDigitsGenerator(
  options: StackedDigitsNetworkOptions & {
    readonly latentDim: number;
    readonly side: 2 | 4;
    readonly channels?: number;
  },
): tf.Sequential {
  const { widths, kernelSize, random, latentDim, side, channels = 3 } = options;
  const sides = SIDES.slice(0, SIDES.indexOf(side) + 1).reverse(); // side, ..., 28
  if (widths.length !== sides.length && widths.length !== sides.length - 1) {
    throw new RangeError(
      `stackedDigitsGenerator: from side ${side}, ${sides.length - 1} or ${sides.length} widths are wanted, got ${widths.length}.`,
    );
  }
  const [first, ...others] = widths as [number, ...number[]];
  const model = tf.sequential({ name: "generator" });
  const hidden = (): tf.layers.Layer[] => [batchNormalization(), tf.layers.reLU()];
  model.add(
    tf.layers.dense({
      units: side * side * first,
      inputShape: [latentDim],
      useBias: false,
      kernelInitializer: normalWeights(random),
    }),
  );
  for (const layer of [tf.layers.reshape({ targetShape: [side, side, first] }), ...hidden()])
    model.add(layer);
  others.forEach((width, i) => {
    for (const layer of [
      ...doubled(width, sides[i] as number, sides[i + 1] as number, options, false),
      ...hidden(),
    ])
      model.add(layer);
  });
  const same = tf.layers.conv2d({
    filters: channels,
    kernelSize,
    padding: "same",
    kernelInitializer: normalWeights(random),
  });
  const last = widths.length === sides.length ? [same] : doubled(channels, 14, 28, options, true);
  for (const layer of [...last, activation("tanh")]) model.add(layer);
  return model;
}

/**
 * A discriminator of packs of images: convolutions that halve the side, LeakyReLU, batch normalisation before it, then a
 * linear layer.
 *
 * @param options `channels` of a pack: those of an image times its images; `slope` of the LeakyReLU; `normalizeFirst`
 *   says whether the first convolution has batch normalisation as well.
 * @returns A model from [N, 28, 28, channels] to logits [N, 1].
 */
export function stackedDigitsDiscriminator(
  options: StackedDigitsNetworkOptions & {
    readonly channels: number;
    readonly slope: number;
    readonly normalizeFirst: boolean;
  },
): tf.Sequential {
  const { widths, kernelSize, random, channels, slope, normalizeFirst } = options;
  const model = tf.sequential({ name: "discriminator" });
  model.add(tf.layers.inputLayer({ inputShape: [28, 28, channels] }));
  widths.forEach((filters, i) => {
    const normalized = normalizeFirst || i > 0;
    model.add(
      tf.layers.conv2d({
        filters,
        kernelSize,
        strides: 2,
        padding: "same",
        useBias: !normalized,
        kernelInitializer: normalWeights(random),
      }),
    );
    for (const layer of [...(normalized ? [batchNormalization()] : []), leakyReLU({ slope })])
      model.add(layer);
  });
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 1, kernelInitializer: normalWeights(random) }));
  return model;
}
