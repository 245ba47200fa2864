import * as tf from "../backend/tf";
import { ImagePool } from "../layers/ImagePool";
import type { RandomStream } from "../ops/random";

/** What {@link imagePool} takes. */
export interface ImagePoolNetworkOptions {
  /** Height, width and channels of the images. */
  readonly imageShape: readonly [number, number, number];
  /** How many images it keeps, at least 1. Default 50. */
  readonly size?: number;
  /** What is drawn from: which images are exchanged, and for which. Keep it in checkpoints. */
  readonly random: RandomStream;
}

/**
 * The pool of images made earlier that a discriminator is shown in place of the latest (Shrivastava et al., arXiv 1612.07828,
 * section 2.3; CycleGAN, arXiv 1703.10593, section 4). While training, until it is full each image is kept and handed on;
 * then each is, with probability 1/2, kept in place of another, which is handed on instead. Otherwise images pass unchanged.
 * It is a network without trainable weights, so that a checkpoint keeps its images.
 *
 * @returns A model from [N, height, width, channels] to the same.
 * @throws RangeError when size is no whole number of at least 1.
 */
export function imagePool({
  imageShape,
  size = 50,
  random,
}: ImagePoolNetworkOptions): tf.LayersModel {
  return tf.sequential({
    name: "imagePool",
    layers: [new ImagePool({ inputShape: [...imageShape], size, random })],
  });
}
