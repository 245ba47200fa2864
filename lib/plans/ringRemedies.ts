/** A small GAN on a ring of Gaussians, plain and with each remedy against mode collapse: what is compared at equal steps. */
import * as tf from "../backend/tf";
import { leakyReLU } from "../layers/LeakyReLU";
import { minibatchDiscrimination } from "../layers/MinibatchDiscrimination";
import { minibatchStandardDeviation } from "../layers/MinibatchStandardDeviation";
import { minimax } from "../objectives/minimax";
import { nonSaturating } from "../objectives/nonSaturating";
import type { Objective } from "../objectives/objective";
import { wasserstein } from "../objectives/wasserstein";
import { zeroSum } from "../objectives/zeroSum";
import type { RandomStream } from "../ops/random";
import { gradientPenalty } from "../regularizers/gradientPenalty";
import type { Regularizer } from "../regularizers/regularizer";
import type { Batch, Game } from "../training/game";
import { packed } from "../training/packed";
import { inTurn, type Measures } from "../training/step";
import { discriminatorAlone, generatorAlone, simultaneous, unrolled } from "../training/steps";
import type { Schedule } from "../training/trainSteps";

/** What a remedy changes; whatever it leaves out is as in the plain GAN. */
interface Design {
  /** A layer behind the discriminator's first hidden one. */
  readonly layer?: (random: RandomStream) => tf.layers.Layer;
  readonly packSize?: number;
  readonly objective?: Objective;
  readonly regularizers?: readonly Regularizer[];
  /** For the generator and for the discriminator. */
  readonly optimizers?: () => readonly [tf.Optimizer, tf.Optimizer];
  /** The game's steps, by their numbers; otherwise both players are updated at once. */
  readonly steps?: (game: Game) => Schedule<Batch, Measures>;
}

/** How far the unrolled generator looks ahead. */
const UNROLL = { steps: 5, rate: 0.3 };
/** How many updates the critic has for each of the generator. */
const CRITIC_STEPS = 5;

/** The critic's update at every step, and the generator's after it at every fifth, on the same points. */
function criticAhead(game: Game): Schedule<Batch, Measures> {
  const critic = discriminatorAlone(game);
  const both = inTurn([critic, generatorAlone(game)].map((step) => ({ step, takes: [0] })));
  return (step) => (step % CRITIC_STEPS === 0 ? both : critic);
}

const DESIGNS = {
  none: {},
  "faster discriminator": {
    optimizers: () => [tf.train.adam(2e-4, 0.5), tf.train.adam(1e-3, 0.5)],
  },
  "minibatch discrimination": {
    layer: (random) =>
      minibatchDiscrimination({
        features: 8,
        dimensions: 2,
        standardDeviation: 0.3,
        seed: random.seed(),
      }),
  },
  "minibatch deviation": { layer: () => minibatchStandardDeviation() },
  unrolled: {
    objective: zeroSum(minimax),
    steps: (game) => {
      const step = unrolled(game, UNROLL);
      return () => step;
    },
  },
  packing: { packSize: 2 },
  "gradient penalty": {
    objective: wasserstein,
    regularizers: [gradientPenalty({ weight: 0.1 })],
    optimizers: () => [tf.train.adam(1e-3, 0, 0.9), tf.train.adam(1e-3, 0, 0.9)],
    steps: criticAhead,
  },
} as const satisfies Readonly<Record<string, Design>>;

/** A remedy; "none" is the plain GAN. */
export type RingRemedy = keyof typeof DESIGNS;

/** Every remedy; the plain GAN is the first. */
export const ringRemedies = Object.keys(DESIGNS) as readonly RingRemedy[];

/** A game, and how to train it: `trainSteps(run.steps, batches, …)`. */
export interface RingRun {
  readonly game: Game;
  /** Each step updates the discriminator once, and the generator as the remedy has it. */
  readonly steps: Schedule<Batch, Measures>;
}

const UNITS = 128;
const LATENT_DIM = 2;
const DIMENSIONS = 2;
/** The generator's and the discriminator's, of rates at which the plain GAN collapses. */
const usualOptimizers = (): [tf.Optimizer, tf.Optimizer] => [
  tf.train.adam(1e-3, 0.5),
  tf.train.adam(1e-4, 0.5),
];

function dense(units: number, random: RandomStream, inputs?: number): tf.layers.Layer {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: random.seed() });
  return tf.layers.dense({
    units,
    kernelInitializer,
    ...(inputs === undefined ? {} : { inputShape: [inputs] }),
  });
}

function makeGenerator(random: RandomStream): tf.Sequential {
  const hidden = [
    dense(UNITS, random, LATENT_DIM),
    tf.layers.reLU(),
    dense(UNITS, random),
    tf.layers.reLU(),
  ];
  return tf.sequential({ name: "generator", layers: [...hidden, dense(DIMENSIONS, random)] });
}

function makeDiscriminator({ layer, packSize = 1 }: Design, random: RandomStream): tf.Sequential {
  const first = [dense(UNITS, random, DIMENSIONS * packSize), leakyReLU()];
  const second = [dense(UNITS, random), leakyReLU(), dense(1, random)];
  const added = layer === undefined ? [] : [layer(random.split("remedy"))];
  return tf.sequential({ name: "discriminator", layers: [...first, ...added, ...second] });
}

/**
 * A small GAN of points in the plane, with one remedy: two hidden layers of 128 units a player, z from N(0, I₂), the
 * non-saturating loss, both players updated simultaneously, Adam with β₁ 0.5, the generator's learning rate 0.001 ten times
 * the discriminator's. The remedies: rates of 0.0002 and 0.001, so that the discriminator is the faster one; minibatch
 * discrimination of 8 features; minibatch standard deviation; a generator unrolled 5 steps of rate 0.3, on the value of the
 * game; packs of 2 of the same points; WGAN-GP with weight 0.1, Adam of rate 0.001, β₁ 0 and β₂ 0.9 for both players, the
 * generator updated at every fifth step.
 *
 * @param random Where weights and latent vectors come from. Equal streams give every remedy the same generator.
 */
export function ringRemedy(
  remedy: RingRemedy,
  { random }: { readonly random: RandomStream },
): RingRun {
  const design: Design = DESIGNS[remedy];
  const {
    packSize = 1,
    objective = nonSaturating,
    regularizers = [],
    optimizers = usualOptimizers,
    steps,
  } = design;
  const [generatorOptimizer, discriminatorOptimizer] = optimizers();
  const players = {
    generator: makeGenerator(random.split("generator")),
    discriminator: makeDiscriminator(design, random.split("discriminator")),
    objective,
    regularizers,
    generatorOptimizer,
    discriminatorOptimizer,
    random: random.split("latent"),
  };
  const game = packed(players, packSize);
  const both = simultaneous(game);
  return { game, steps: steps?.(game) ?? (() => both) };
}
