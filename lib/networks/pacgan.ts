/** The networks for mixtures of Gaussians in the plane (Lin et al., PacGAN, arXiv 1712.04086, section 4.1). */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { batchNormalization } from "../layers/BatchNormalization";
import { maxoutDense } from "../layers/MaxoutDense";
import type { RandomStream } from "../ops/random";

/** What {@link pacganGenerator} takes. */
export interface PacganGeneratorOptions {
  /** The length of z. Default 2. */
  readonly latentDim?: number;
  /** Widths of the hidden layers. Default four of 400. */
  readonly units?: readonly number[];
  /** Where the initial weights come from. */
  readonly random: RandomStream;
}

/** What {@link pacganDiscriminator} takes. */
export interface PacganDiscriminatorOptions {
  /** m, how many points it judges at once (see `pack`). Default 1. */
  readonly packSize?: number;
  /** Widths of the maxout layers. Default three of 200. */
  readonly units?: readonly number[];
  /** The linear pieces of a maxout unit. Default 5. */
  readonly pieces?: number;
  /** Where the initial weights come from. */
  readonly random: RandomStream;
}

/** Coordinates of a point in the plane. */
const DIMENSIONS = 2;
/** All initial weights are N(0, 0.02^2), all biases 0. */
const STANDARD_DEVIATION = 0.02;

function linear(
  units: number,
  useBias: boolean,
  random: RandomStream,
  inputs?: number,
): tf.layers.Layer {
  const kernelInitializer = tf.initializers.randomNormal({
    mean: 0,
    stddev: STANDARD_DEVIATION,
    seed: random.seed(),
  });
  return tf.layers.dense({
    units,
    useBias,
    kernelInitializer,
    ...(inputs === undefined ? {} : { inputShape: [inputs] }),
  });
}

/**
 * PacGAN's generator of points: dense layers without bias, each with batch normalisation and ReLU, then a linear one.
 *
 * @returns A model from [N, latentDim] to points [N, 2], unbounded.
 */
export function pacganGenerator({
  latentDim = 2,
  units = [400, 400, 400, 400],
  random,
}: PacganGeneratorOptions): tf.Sequential {
  const model = tf.sequential({ name: "generator" });
  let inputs = latentDim;
  for (const width of units) {
    for (const layer of [
      linear(width, false, random, inputs),
      batchNormalization(),
      tf.layers.reLU(),
    ])
      model.add(layer);
    inputs = width;
  }
  model.add(linear(DIMENSIONS, true, random, inputs));
  return model;
}

/**
 * PacGAN's discriminator of packs of points: maxout layers, then a linear one.
 *
 * @returns A model from packs [N, 2 packSize] to logits [N, 1].
 * @throws RangeError when packSize, a width or pieces is no whole number of at least 1.
 */
export function pacganDiscriminator({
  packSize = 1,
  units = [200, 200, 200],
  pieces = 5,
  random,
}: PacganDiscriminatorOptions): tf.Sequential {
  requireCount("pacganDiscriminator: packSize", packSize);
  const model = tf.sequential({ name: "discriminator" });
  model.add(tf.layers.inputLayer({ inputShape: [DIMENSIONS * packSize] }));
  for (const width of units)
    model.add(
      maxoutDense({
        units: width,
        pieces,
        standardDeviation: STANDARD_DEVIATION,
        seed: random.seed(),
      }),
    );
  model.add(linear(1, true, random));
  return model;
}
