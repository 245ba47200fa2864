/** Ways to hold a critic Lipschitz, on images, at equally many updates. */
import * as tf from "../backend/tf";
import { checkpointOf } from "../checkpoint/kept";
import { batches } from "../data/batches";
import { take, toTensor } from "../data/ImageDataset";
import { mnist } from "../data/mnist";
import { classCoverage } from "../metrics/classCoverage";
import { frechetDistance } from "../metrics/frechetDistance";
import { dcganDiscriminator, dcganGenerator } from "../networks/dcgan";
import { hinge } from "../objectives/hinge";
import type { Objective } from "../objectives/objective";
import { wasserstein } from "../objectives/wasserstein";
import { createRandom, type RandomStream } from "../ops/random";
import { gradientPenalty } from "../regularizers/gradientPenalty";
import { squaredGradientNorms } from "../regularizers/inputGradient";
import type { Constraint, Regularizer } from "../regularizers/regularizer";
import { weightClipping } from "../regularizers/weightClipping";
import { sampleLatent, type Game } from "../training/game";
import { alternating } from "../training/steps";
import { digitClassifier } from "../models/digitClassifier";
import { definePlan } from "../experiments/plan";
import { trainCell } from "../experiments/resume";

const BATCH_SIZE = 32;
const FILTERS = 16;
const CRITIC_STEPS = 5;
const LEARNING_RATE = 1e-3;
/** RMSProp's constant under the root. A clipped critic's gradients are far below the root of the default, 1e-7. */
const RMSPROP_EPSILON = 1e-14;
/** Images that a figure is of: as many generated ones as test digits. */
const SAMPLES = 2000;

/** What differs between the rows: how the critic is held, and how both players learn. */
interface Recipe {
  readonly optimizer: () => tf.Optimizer;
  readonly normalization?: "spectral";
  readonly constraints?: readonly Constraint[];
  readonly regularizers?: readonly Regularizer[];
}

const RECIPES: Readonly<Record<"clipping" | "penalty" | "spectral", Recipe>> = {
  clipping: {
    optimizer: () => tf.train.rmsprop(LEARNING_RATE, 0.9, 0, RMSPROP_EPSILON),
    constraints: [weightClipping({ limit: 0.01 })],
  },
  penalty: {
    optimizer: () => tf.train.adam(LEARNING_RATE, 0, 0.9),
    regularizers: [gradientPenalty({ weight: 10 })],
  },
  spectral: { optimizer: () => tf.train.adam(LEARNING_RATE, 0, 0.9), normalization: "spectral" },
};

/** The game of a row; exported for its test. */
export function lipschitzGame(
  constraint: keyof typeof RECIPES,
  objective: Objective,
  random: RandomStream,
): Game {
  const {
    optimizer,
    normalization = "none",
    constraints = [],
    regularizers = [],
  } = RECIPES[constraint];
  return {
    generator: dcganGenerator({ filters: FILTERS, random: random.split("generator") }),
    discriminator: dcganDiscriminator({
      filters: FILTERS,
      normalization,
      random: random.split("critic"),
    }),
    objective,
    constraints,
    regularizers,
    generatorOptimizer: optimizer(),
    discriminatorOptimizer: optimizer(),
    random: random.split("latent"),
  };
}

/** The mean length of the critic's gradient between real and generated images, a random place for each pair. */
function meanSlope(
  critic: tf.LayersModel,
  real: tf.Tensor,
  fake: tf.Tensor,
  random: RandomStream,
): number {
  return tf.tidy(() => {
    const between = tf.add(
      real,
      tf.mul(random.uniform([real.shape[0], 1, 1, 1]), tf.sub(fake, real)),
    );
    const squared = squaredGradientNorms(
      "lipschitz-images",
      (images) => critic.apply(images) as tf.Tensor,
      between,
    );
    return tf.mean(tf.sqrt(squared)).dataSync()[0] as number;
  });
}

/**
 * A Wasserstein GAN of 16 filters on MNIST whose critic is held by weight clipping, by the gradient penalty or by
 * spectral normalisation, the last also under the hinge loss that it was published with (arXiv 1802.05957). Every row has
 * five critic updates a step of 32 images; the learning rate 0.001 is higher than the papers', for few steps. The figures:
 * the Fréchet distance of 2,000 generated images to as many test digits, in the features of `digitClassifier("mnist")`;
 * classes that hold at least 1 % of them; the mean gradient norm between real and generated images.
 */
export const lipschitzImages = definePlan({
  name: "lipschitz-images",
  description:
    "Weight clipping, gradient penalty and spectral normalisation on MNIST, with equally many critic updates.",
  version: 2,
  settings: {
    constraint: ["clipping", "penalty", "spectral"],
    objective: ["Wasserstein", "hinge"],
  },
  rows: [
    { constraint: "clipping", objective: "Wasserstein" },
    { constraint: "penalty", objective: "Wasserstein" },
    { constraint: "spectral", objective: "Wasserstein" },
    { constraint: "spectral", objective: "hinge" },
  ],
  seeds: 3,
  steps: 400,
  figures: { frechet: {}, classes: { unit: "of 10" }, slope: {} },
  datasets: ["mnist"],
  prepare: () => digitClassifier("mnist"),
  async run({ settings, ...cell }) {
    const random = createRandom(cell.seed);
    const game = lipschitzGame(
      settings.constraint,
      settings.objective === "hinge" ? hinge : wasserstein,
      random,
    );
    const digits = batches(await mnist(), {
      batchSize: BATCH_SIZE,
      random: random.split("batches"),
    });
    await trainCell(cell, alternating(game, { discriminatorSteps: CRITIC_STEPS }), {
      batches: () => digits,
      saved: checkpointOf(game, { digits }),
    });
    const fake = game.generator.predict(
      sampleLatent(game.generator, SAMPLES, random.split("judge")),
    ) as tf.Tensor4D;
    const real = toTensor(take(await mnist({ split: "test" }), SAMPLES));
    const classifier = await digitClassifier("mnist");
    return {
      frechet: frechetDistance(classifier.features(real), classifier.features(fake)),
      classes: classCoverage(classifier.probabilities(fake)).covered,
      slope: meanSlope(game.discriminator, real, fake, random.split("places")),
    };
  },
});
