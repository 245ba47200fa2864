/** A game small enough to play in milliseconds: 2 x 2 images. */
import {
  createRandom,
  mlpDiscriminator,
  mlpGenerator,
  nonSaturating,
  tf,
  type Batch,
  type Game,
} from "gan-lib";

const IMAGE_SHAPE: [number, number, number] = [2, 2, 1];

/** Fresh networks and optimizers; the same seed gives the same game. */
export function tinyGame(seed = 1): Game {
  const random = createRandom(seed);
  return {
    generator: mlpGenerator({
      latentDim: 3,
      units: [8],
      imageShape: IMAGE_SHAPE,
      random: random.split("generator"),
    }),
    discriminator: mlpDiscriminator({
      units: [8],
      imageShape: IMAGE_SHAPE,
      random: random.split("discriminator"),
    }),
    objective: nonSaturating,
    generatorOptimizer: tf.train.adam(1e-2, 0.5),
    discriminatorOptimizer: tf.train.adam(1e-2, 0.5),
    random: random.split("latent"),
  };
}

/** An endless iterator of random images. */
export function* tinyBatches(seed = 2): Generator<Batch> {
  const random = createRandom(seed);
  for (;;) yield { images: random.uniform([4, ...IMAGE_SHAPE], -1, 1) };
}

/** All weights of a model as one list of numbers. */
export function weightsOf(model: tf.LayersModel): number[] {
  return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
}
