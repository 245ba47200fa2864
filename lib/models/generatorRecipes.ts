/** How the generators of earlier lessons are built and trained where a later lesson asks for them by name. */
import type * as tf from "../backend/tf";
import { conditionalDiscriminator, conditionalGenerator } from "../networks/conditional";
import { dcganDiscriminator, dcganGenerator } from "../networks/dcgan";
import { mlpDiscriminator, mlpGenerator } from "../networks/mlp";
import { nonSaturating } from "../objectives/nonSaturating";
import type { Objective } from "../objectives/objective";
import { wasserstein } from "../objectives/wasserstein";
import type { RandomStream } from "../ops/random";
import { gradientPenalty } from "../regularizers/gradientPenalty";
import type { Regularizer } from "../regularizers/regularizer";

/** Makes an untrained network for images of 28 x 28 pixels and one channel. */
type Build = (random: RandomStream) => tf.LayersModel;

/** Everything that decides what a trained generator is, besides the data and the seed. */
export interface GeneratorRecipe {
  /** Names the networks and their version; counted up when anything of the recipe changes that is not a number. */
  readonly name: string;
  /** The lesson that teaches it. */
  readonly lesson: string;
  readonly generator: Build;
  /** The opponent; it takes class labels where the generator does. */
  readonly discriminator: Build;
  readonly objective: Objective;
  readonly regularizers?: readonly Regularizer[];
  /** Adam's for both players, or the generator's where the discriminator has its own. */
  readonly learningRate: number;
  /** Default `learningRate`. */
  readonly discriminatorRate?: number;
  readonly beta1: number;
  /** Default 0.999. */
  readonly beta2?: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Discriminator updates a step. Default 1. */
  readonly discriminatorSteps?: number;
  /** Keeps the moving average of the weights with this decay. Left out: the weights themselves. */
  readonly averageDecay?: number;
  /** Only the native backend trains convolutions. */
  readonly convolutions: boolean;
}

const FILTERS = 16;

/** Lesson 20's networks, small and with its quick profile's rates, so that a minute is enough. */
const DCGAN = {
  name: "dcgan-v1",
  lesson: "20-dcgan",
  generator: (random) => dcganGenerator({ filters: FILTERS, random }),
  discriminator: (random) => dcganDiscriminator({ filters: FILTERS, random }),
  objective: nonSaturating,
  learningRate: 1e-3,
  beta1: 0.5,
  batchSize: 64,
  steps: 500,
  convolutions: true,
} as const satisfies GeneratorRecipe;

const RECIPES = {
  vanilla: {
    name: "vanilla-v1",
    lesson: "11-vanilla-gan",
    generator: (random) => mlpGenerator({ random }),
    discriminator: (random) => mlpDiscriminator({ random }),
    objective: nonSaturating,
    learningRate: 1e-3,
    beta1: 0.5,
    batchSize: 64,
    steps: 700,
    convolutions: false,
  },
  dcgan: DCGAN,
  "dcgan-resize": {
    ...DCGAN,
    name: "dcgan-resize-v1",
    generator: (random) => dcganGenerator({ filters: FILTERS, upsampling: "resize", random }),
  },
  conditional: {
    ...DCGAN,
    name: "conditional-v1",
    lesson: "21-conditional-gan",
    generator: (random) => conditionalGenerator({ filters: FILTERS, random }),
    discriminator: (random) => conditionalDiscriminator({ filters: FILTERS, random }),
    discriminatorRate: 2e-4,
    averageDecay: 0.95,
  },
  "wgan-gp": {
    ...DCGAN,
    name: "wgan-gp-v1",
    lesson: "31-wgan-gp",
    discriminator: (random) =>
      dcganDiscriminator({ filters: FILTERS, normalization: "none", random }),
    objective: wasserstein,
    regularizers: [gradientPenalty({ weight: 10 })],
    beta1: 0,
    beta2: 0.9,
    batchSize: 32,
    steps: 300,
    discriminatorSteps: 5,
  },
} as const satisfies Readonly<Record<string, GeneratorRecipe>>;

/** A generator that a lesson can ask for. */
export type GeneratorName = keyof typeof RECIPES;

/** Every generator that can be asked for, in the order of the lessons. */
export const generatorNames = Object.keys(RECIPES) as readonly GeneratorName[];

/**
 * The recipe of a generator.
 *
 * @throws Error listing the names when there is none of that name.
 */
export function generatorRecipe(name: GeneratorName): GeneratorRecipe {
  if (!generatorNames.includes(name)) {
    throw new Error(
      `There is no trained generator "${name}". There are: ${generatorNames.join(", ")}.`,
    );
  }
  return RECIPES[name];
}
