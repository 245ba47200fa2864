/** Stacked MNIST: images of independent digits, one in each channel, whose modes can be counted. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import { drawnBatches, type DrawnBatches, type ImageBatch } from "./batches";
import { toTensor, type ImageDataset } from "./ImageDataset";

/** What decides a stack of digits. */
export interface StackedDigitsOptions {
  /** How many digits make an image, at least 1: channels of the images. Default 3, which makes 1,000 modes of ten digits. */
  readonly channels?: number;
  /** Where the choice of the digits comes from. */
  readonly random: RandomStream;
}

/**
 * Images of stacked digits (Metz et al., arXiv 1611.02163, section 3.3.1; Lin et al., PacGAN, arXiv 1712.04086, section 4.2): the
 * digits of an image are drawn independently, each image of the set equally likely.
 *
 * The papers draw a set of images once and go through it; here each image is a fresh draw, so that no set lies in memory.
 *
 * @param dataset Grey images with labels, such as `mnist()`.
 * @param count How many, at least 1.
 * @returns Images [count, height, width, channels] in [-1, 1], and their modes as labels [count]: the classes of the
 *   channels read as a number, the first channel its highest digit. The caller disposes both.
 * @throws Error when the images of the set are not grey; RangeError for counts that make no sense.
 */
export function sampleStackedDigits(
  dataset: ImageDataset,
  count: number,
  { channels = 3, random }: StackedDigitsOptions,
): ImageBatch {
  requireCount("sampleStackedDigits: count", count);
  requireCount("sampleStackedDigits: channels", channels);
  const [height, width, depth] = dataset.imageShape;
  if (depth !== 1)
    throw new Error(
      `sampleStackedDigits: grey images [height, width, 1] are wanted, ${dataset.name} has [${dataset.imageShape.join(", ")}].`,
    );
  const chosen = Uint32Array.from({ length: count * channels }, () => random.integer(dataset.size)); // channels of an image in a row
  const images = tf.tidy(() => {
    const digits = tf.reshape<tf.Rank.R4>(toTensor(dataset, chosen), [
      count,
      channels,
      height,
      width,
    ]);
    return tf.transpose(digits, [0, 2, 3, 1]); // [count, height, width, channels]
  });
  const modes = Int32Array.from({ length: count }, (_, i) =>
    modeOf(dataset, chosen.subarray(i * channels, (i + 1) * channels)),
  );
  return { images, labels: tf.tensor1d(modes, "int32") };
}

/** The classes of the images with the given numbers, read as one number. */
function modeOf({ labels, classNames }: ImageDataset, stack: Uint32Array): number {
  return stack.reduce((mode, image) => mode * classNames.length + (labels[image] as number), 0);
}

/**
 * Endless batches of stacked digits for `trainSteps`, every image a fresh draw; the same stream gives the same images.
 *
 * @param options `batchSize` is the number of images a batch, at least 1; the rest as for {@link sampleStackedDigits}.
 */
export function stackedDigitBatches(
  dataset: ImageDataset,
  { batchSize, ...stack }: StackedDigitsOptions & { readonly batchSize: number },
): DrawnBatches<ImageBatch> {
  return drawnBatches(stack.random, () => sampleStackedDigits(dataset, batchSize, stack));
}
