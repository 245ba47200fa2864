/** The multilayer perceptrons of a vanilla GAN (Goodfellow et al., arXiv 1406.2661). */
import * as tf from "../backend/tf";
import { activation } from "../layers/Activation";
import { leakyReLU } from "../layers/LeakyReLU";
import type { RandomStream } from "../ops/random";

/** What {@link mlpGenerator} and {@link mlpDiscriminator} share. */
export interface MlpOptions {
  /** Height, width and channels of an image. Default [28, 28, 1]. */
  readonly imageShape?: [number, number, number];
  /** Where the initial weights come from. */
  readonly random: RandomStream;
}

function dense(units: number, random: RandomStream): tf.layers.Layer {
  return tf.layers.dense({
    units,
    kernelInitializer: tf.initializers.glorotUniform({ seed: random.seed() }),
  });
}

/**
 * A generator: latent vector -> 256 -> 512 -> 1024 -> image, LeakyReLU 0.2 between, tanh at the end.
 *
 * @param options `latentDim` is the length of z (default 100), `units` the widths of the hidden layers.
 * @returns A model from [N, latentDim] to [N, height, width, channels] in [-1, 1].
 */
export function mlpGenerator({
  latentDim = 100,
  units = [256, 512, 1024],
  imageShape = [28, 28, 1],
  random,
}: MlpOptions & {
  readonly latentDim?: number;
  readonly units?: readonly number[];
}): tf.Sequential {
  const model = tf.sequential({ name: "generator" });
  model.add(tf.layers.inputLayer({ inputShape: [latentDim] }));
  for (const width of units) {
    model.add(dense(width, random));
    model.add(leakyReLU());
  }
  model.add(dense(tf.util.sizeFromShape(imageShape), random));
  model.add(activation("tanh"));
  model.add(tf.layers.reshape({ targetShape: imageShape }));
  return model;
}

/**
 * A discriminator: image -> 512 -> 256 -> one logit, LeakyReLU 0.2 between.
 *
 * @param options `units` are the widths of the hidden layers.
 * @returns A model from [N, height, width, channels] to logits [N, 1]: positive means "real".
 */
export function mlpDiscriminator({
  units = [512, 256],
  imageShape = [28, 28, 1],
  random,
}: MlpOptions & { readonly units?: readonly number[] }): tf.Sequential {
  const model = tf.sequential({ name: "discriminator" });
  model.add(tf.layers.flatten({ inputShape: imageShape }));
  for (const width of units) {
    model.add(dense(width, random));
    model.add(leakyReLU());
  }
  model.add(dense(1, random));
  return model;
}
