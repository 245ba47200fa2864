/** Training of a generator by a recipe, reproducible from its seed. */
import { setImmediate as nextTurn } from "node:timers/promises";
import * as tf from "../backend/tf";
import { batches } from "../data/batches";
import type { ImageDataset } from "../data/ImageDataset";
import { checkpointOf } from "../checkpoint/kept";
import type { RandomStream } from "../ops/random";
import { movingAverage, type MovingAverage } from "../training/ema";
import type { Game } from "../training/game";
import { trainSteps } from "../training/trainSteps";
import type { GeneratorRecipe } from "./generatorRecipes";
import type { TrainingKeeper } from "./keptTraining";

/** How far a generator's training is. */
export interface GeneratorProgress {
  /** Counts from 1. */
  readonly step: number;
  readonly steps: number;
  /** Of the whole training, in (0, 1]. */
  readonly fraction: number;
}

/** Told how a generator's training goes on; waited for. */
export type OnGeneratorProgress = (progress: GeneratorProgress) => void | Promise<void>;

const REPORT_EVERY = 10;

/** The recipe's game before its first step. The caller disposes its networks and optimizers. */
function gameOf(recipe: GeneratorRecipe, random: RandomStream): Game {
  const {
    generator,
    discriminator,
    objective,
    regularizers = [],
    learningRate,
    discriminatorRate = learningRate,
    beta1,
    beta2 = 0.999,
  } = recipe;
  return {
    generator: generator(random.split("generator")),
    discriminator: discriminator(random.split("discriminator")),
    objective,
    regularizers,
    generatorOptimizer: tf.train.adam(learningRate, beta1, beta2),
    discriminatorOptimizer: tf.train.adam(discriminatorRate, beta1, beta2),
    random: random.split("latent"),
  };
}

/** What {@link trainGenerator} trains on and by. */
export interface GeneratorTraining {
  readonly dataset: ImageDataset;
  /** Of at least one step. */
  readonly recipe: GeneratorRecipe;
  readonly random: RandomStream;
  readonly onProgress?: OnGeneratorProgress | undefined;
  readonly keeper: TrainingKeeper;
}

/** Takes the recipe's steps that were not taken before, with the average following, where there is one. */
async function play(
  game: Game,
  { dataset, recipe, random, onProgress, keeper }: GeneratorTraining,
  average?: MovingAverage,
): Promise<void> {
  const { steps, discriminatorSteps = 1, batchSize } = recipe;
  const examples = batches(dataset, { batchSize, random });
  const run = checkpointOf(game, { examples });
  const startAt = await keeper.takeUp(
    average === undefined ? run : { ...run, models: { ...run.models, average: average.model } },
  );
  const left = { steps: steps - startAt, startAt, discriminatorSteps };
  for (const { step } of trainSteps(game, examples, left)) {
    average?.update();
    if (step < steps) await keeper.taken(step);
    if (step % REPORT_EVERY !== 0 && step !== steps) continue;
    await onProgress?.({ step, steps, fraction: step / steps });
    await nextTurn();
  }
}

/** Takes the recipe's steps; the generator then has the averaged weights, where the recipe averages. */
async function playAndAverage(game: Game, training: GeneratorTraining): Promise<void> {
  const decay = training.recipe.averageDecay;
  if (decay === undefined) return play(game, training);
  const average = await movingAverage(game.generator, { decay });
  try {
    await play(game, training, average);
    game.generator.setWeights(average.model.getWeights());
  } finally {
    average.dispose();
  }
}

/**
 * Trains a GAN by a recipe and keeps its generator.
 *
 * @returns The generator, which the caller disposes.
 * @throws What an interrupt throws, between two steps; nothing is left behind then.
 */
export async function trainGenerator(training: GeneratorTraining): Promise<tf.LayersModel> {
  const game = gameOf(training.recipe, training.random);
  try {
    await playAndAverage(game, training);
    return game.generator;
  } catch (error) {
    game.generator.dispose();
    throw error;
  } finally {
    game.discriminator.dispose();
    game.generatorOptimizer.dispose();
    game.discriminatorOptimizer.dispose();
  }
}
