/** What the image-to-image networks share: how weights begin, and how maps are normalised. */
import * as tf from "../backend/tf";
import { batchNormalization } from "../layers/BatchNormalization";
import { instanceNormalization } from "../layers/ChannelNormalization";
import type { RandomStream } from "../ops/random";

/** How the maps of a network are normalised; with "batch" at a batch of 1 both are the same while training. */
export type ImageNormalization = "batch" | "instance" | "none";

/** The normal distribution N(0, 0.02) of DCGAN (arXiv 1511.06434, section 3), pix2pix and CycleGAN; a seed a layer. */
export function normalWeights(
  random: RandomStream,
): ReturnType<typeof tf.initializers.randomNormal> {
  return tf.initializers.randomNormal({ mean: 0, stddev: 0.02, seed: random.seed() });
}

/** The normalising layer, where there is one. */
export function normalizing(normalization: ImageNormalization): tf.layers.Layer[] {
  if (normalization === "none") return [];
  return [
    normalization === "batch" ? batchNormalization() : instanceNormalization({ affine: false }),
  ];
}

/** Applies layers one after the other. */
export function through(
  input: tf.SymbolicTensor,
  layers: readonly tf.layers.Layer[],
): tf.SymbolicTensor {
  return layers.reduce((maps, layer) => layer.apply(maps) as tf.SymbolicTensor, input);
}

/** How often both sides of an image can be halved. */
export function halvingsOf([height, width]: readonly [number, number, ...number[]]): number {
  let count = 0;
  for (; height % 2 ** (count + 1) === 0 && width % 2 ** (count + 1) === 0; count++);
  return count;
}
