/** Short games in the plane, each made to go one way. */
import {
  createRandom,
  gaussianRing,
  layers,
  minimax,
  mixtureBatches,
  mixtureCoverage,
  nonSaturating,
  probeGame,
  relativeDiversity,
} from "gan-lib";
import {
  sampleLatent,
  sampleMixture,
  tf,
  trainSteps,
  wasserstein,
  type Game,
  type GaussianMixture,
  type RandomStream,
  type RunFigures,
} from "gan-lib";
import type { TrainOptions } from "gan-lib";

interface Recipe {
  readonly mixture: GaussianMixture;
  readonly players: Pick<Game, "objective" | "generatorOptimizer" | "discriminatorOptimizer">;
  readonly train: TrainOptions;
}

const adam = (rate: number): tf.Optimizer => tf.train.adam(rate, 0.5);
const fourModes = gaussianRing({ modes: 4, sigma: 0.2 });
/** Far from where an untrained generator puts its samples. */
const farAway: GaussianMixture = { name: "one Gaussian far away", centres: [[3, 3]], sigma: 0.1 };

/** What is wrong with each of them stands in its line. */
export const recipes = {
  "equal players": () => ({
    mixture: fourModes,
    players: {
      objective: nonSaturating,
      generatorOptimizer: adam(0.002),
      discriminatorOptimizer: adam(0.002),
    },
    train: { steps: 400 },
  }),
  "a generator five times as often and as fast": () => ({
    mixture: fourModes,
    players: {
      objective: nonSaturating,
      generatorOptimizer: adam(0.01),
      discriminatorOptimizer: adam(0.002),
    },
    train: { steps: 120, generatorSteps: 5 },
  }),
  "the minimax loss against a discriminator that is trained first": () => ({
    mixture: farAway,
    players: {
      objective: minimax,
      generatorOptimizer: tf.train.sgd(0.05),
      discriminatorOptimizer: adam(0.01),
    },
    train: { steps: 100, discriminatorSteps: 5 },
  }),
  "learning rates of 1": () => ({
    mixture: fourModes,
    players: {
      objective: nonSaturating,
      generatorOptimizer: adam(1),
      discriminatorOptimizer: adam(1),
    },
    train: { steps: 30 },
  }),
  "a critic that nothing holds": () => ({
    mixture: fourModes,
    players: {
      objective: wasserstein,
      generatorOptimizer: adam(0.03),
      discriminatorOptimizer: adam(0.03),
    },
    train: { steps: 120, discriminatorSteps: 5 },
  }),
} satisfies Record<string, () => Recipe>;

/** Two hidden layers of 64. */
function network(
  name: string,
  inputs: number,
  outputs: number,
  random: RandomStream,
): tf.Sequential {
  const dense = (units: number): tf.layers.Layer =>
    tf.layers.dense({
      units,
      kernelInitializer: tf.initializers.glorotUniform({ seed: random.seed() }),
    });
  return tf.sequential({
    name,
    layers: [
      tf.layers.inputLayer({ inputShape: [inputs] }),
      dense(64),
      layers.leakyReLU(),
      dense(64),
      layers.leakyReLU(),
      dense(outputs),
    ],
  });
}

const SAMPLES = 256;

/** All figures of a game against a mixture. */
export function figuresOf(
  game: Game,
  mixture: GaussianMixture,
  random: RandomStream,
): Required<RunFigures> {
  const real = sampleMixture(mixture, SAMPLES, random.split("real"));
  const z = sampleLatent(game.generator, SAMPLES, random.split("latent"));
  const fake = game.generator.predict(z) as tf.Tensor2D;
  const coverage = mixtureCoverage(fake, mixture);
  const figures = {
    coverage,
    quality: coverage.highQuality,
    diversity: relativeDiversity(real, fake),
    spread: relativeDiversity(real, fake, { k: SAMPLES / 2 }),
    ...probeGame(game, real, { random: random.split("probe") }),
  };
  tf.dispose([real, z, fake]);
  return figures;
}

/** Plays a game to its end, and measures it. */
export function play({ mixture, players, train }: Recipe, seed: number): Required<RunFigures> {
  const random = createRandom(seed);
  const generator = network("generator", 2, 2, random.split("generator"));
  const game: Game = {
    generator,
    discriminator: network("discriminator", 2, 1, random.split("discriminator")),
    ...players,
    random: random.split("latent"),
  };
  const batches = mixtureBatches(mixture, { batchSize: 128, random: random.split("batches") });
  Array.from(trainSteps(game, batches, train));
  return figuresOf(game, mixture, random.split("judge"));
}
