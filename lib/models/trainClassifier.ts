/** Supervised training of a small classifier, reproducible to the bit on one backend. */
import { setImmediate as nextTurn } from "node:timers/promises";
import * as tf from "../backend/tf";
import { batches, type ImageBatch } from "../data/batches";
import { toTensor, type ImageDataset } from "../data/ImageDataset";
import type { RandomStream } from "../ops/random";
import { throwIfStopped } from "../training/interrupt";
import type { ClassifierRecipe } from "./classifierRecipes";
import type { TrainingKeeper } from "./keptTraining";

/** How far a training is. */
export interface TrainingProgress {
  /** 1 … epochs */
  readonly epoch: number;
  readonly epochs: number;
  /** Of the whole training, in (0, 1]. */
  readonly fraction: number;
}

/** Told how a training goes on; waited for. */
export type OnTrainingProgress = (progress: TrainingProgress) => void | Promise<void>;

/** What {@link trainClassifier} trains on and by. */
export interface ClassifierTraining {
  readonly dataset: ImageDataset;
  readonly recipe: ClassifierRecipe;
  readonly random: RandomStream;
  readonly onProgress?: OnTrainingProgress | undefined;
  readonly keeper: TrainingKeeper;
}

const MOMENTUM = 0.9;
const REPORT_EVERY = 20;
const TEST_BATCH = 500;

/**
 * Trains a classifier by Nesterov's momentum on the cross-entropy, with a learning rate that falls along half a cosine
 * (Loshchilov and Hutter, arXiv 1608.03983, equation 5, without restarts).
 *
 * @returns The network, images -> logits. The caller disposes it.
 * @throws What an interrupt throws, between two steps; the network is disposed then.
 */
export async function trainClassifier(training: ClassifierTraining): Promise<tf.Sequential> {
  const { dataset, recipe, random } = training;
  const model = recipe.build(dataset.imageShape, dataset.classNames.length, random.split("init"));
  const optimizer = tf.train.momentum(recipe.learningRate, MOMENTUM, true);
  try {
    await takeSteps(model, optimizer, training);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    disposeOptimizer(optimizer);
  }
}

/** Takes the recipe's steps that were not taken before. */
async function takeSteps(
  model: tf.Sequential,
  optimizer: tf.MomentumOptimizer,
  { dataset, recipe, random, onProgress, keeper }: ClassifierTraining,
): Promise<void> {
  const { epochs, batchSize, learningRate } = recipe;
  const examples = batches(dataset, { batchSize, random });
  const steps = epochs * Math.floor(dataset.size / batchSize);
  const parts = { models: { model }, optimizers: { optimizer }, streams: { examples } };
  const startAt = await keeper.takeUp(parts);
  for (let step = startAt + 1; step <= steps; step++) {
    throwIfStopped();
    optimizer.setLearningRate(learningRate * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / steps)));
    descend(model, optimizer, examples.next().value, dataset.classNames.length);
    if (step < steps) await keeper.taken(step);
    if (step % REPORT_EVERY !== 0 && step !== steps) continue;
    const epoch = Math.ceil((step * epochs) / steps);
    await onProgress?.({ epoch, epochs, fraction: step / steps });
    await nextTurn();
  }
}

function descend(
  model: tf.Sequential,
  optimizer: tf.Optimizer,
  { images, labels }: ImageBatch,
  classes: number,
): void {
  optimizer.minimize(() => {
    const logits = model.apply(images, { training: true }) as tf.Tensor2D;
    return tf.losses.softmaxCrossEntropy(tf.oneHot(labels, classes), logits).asScalar();
  });
  tf.dispose([images, labels]);
}

/** tf.js's momentum optimizer disposes its moments but not its learning rate, which is a tensor as well. */
function disposeOptimizer(optimizer: tf.Optimizer): void {
  optimizer.dispose();
  const fields: unknown[] = Object.values(optimizer);
  for (const field of fields) if (field instanceof tf.Tensor) field.dispose();
}

/** The share of a data set that the network classifies rightly, in [0, 1]. */
export function accuracy(model: tf.LayersModel, dataset: ImageDataset): number {
  let right = 0;
  for (let start = 0; start < dataset.size; start += TEST_BATCH) {
    const indices = Array.from(
      { length: Math.min(TEST_BATCH, dataset.size - start) },
      (_, i) => start + i,
    );
    const guesses = tf.tidy(() =>
      (model.predictOnBatch(toTensor(dataset, indices)) as tf.Tensor2D).argMax(1).dataSync(),
    );
    right += indices.filter((i, k) => guesses[k] === dataset.labels[i]).length;
  }
  return right / dataset.size;
}
