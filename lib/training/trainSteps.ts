import * as tf from "../backend/tf";
import type { Batch, Game, StepResult } from "./game";
import { throwIfStopped } from "./interrupt";
import { updateDiscriminator, updateGenerator } from "./updates";

/** What {@link trainSteps} takes. */
export interface TrainOptions {
  /** How many steps to take, at least 1. */
  readonly steps: number;
  /** How many steps were taken before, where a run goes on from a checkpoint. Default 0. */
  readonly startAt?: number;
  /** Discriminator updates a step: k in algorithm 1 of arXiv 1406.2661. Default 1. */
  readonly discriminatorSteps?: number;
  /** Generator updates a step. Default 1. */
  readonly generatorSteps?: number;
  /** Ends the loop at the next step boundary when aborted. */
  readonly signal?: AbortSignal;
}

function requireCount(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`trainSteps: ${name} must be a whole number of at least ${least}, got ${value}.`);
  }
}

function nextBatch(batches: Iterator<Batch>, step: number): Batch {
  const next = batches.next();
  if (next.done === true) throw new Error(`trainSteps: the batches ended in step ${step}; pass an endless iterator.`);
  return next.value;
}

function takeStep(game: Game, batches: Iterator<Batch>, step: number, updates: { d: number; g: number }): StepResult {
  const measured = tf.tidy((): tf.Tensor1D => {
    let ofDiscriminator: tf.Tensor | undefined;
    let ofGenerator: tf.Tensor | undefined;
    let batch: Batch | undefined;
    for (let k = 0; k < updates.d; k++) {
      batch = nextBatch(batches, step);
      ofDiscriminator = updateDiscriminator(game, batch.images);
    }
    for (let k = 0; k < updates.g; k++) ofGenerator = updateGenerator(game, (batch as Batch).images);
    return tf.concat([ofDiscriminator as tf.Tensor, tf.reshape(ofGenerator as tf.Tensor, [1])]) as tf.Tensor1D;
  });
  const [discriminatorLoss, realProbability, fakeProbability, generatorLoss] = measured.arraySync() as [number, number, number, number];
  measured.dispose();
  return { step, discriminatorLoss, generatorLoss, realProbability, fakeProbability };
}

/**
 * Trains a GAN, one step at a time: k discriminator updates, then the generator's (algorithm 1 of
 * arXiv 1406.2661). The loop body belongs to the caller: `for (const step of trainSteps(…)) { … }`.
 * Tensors that the iterator makes for a step are disposed with it. The loop ends only between steps, also
 * when it is interrupted.
 *
 * @param batches An endless iterator of real samples.
 * @throws RangeError for counts that make no sense; the signal's reason when aborted.
 */
export function* trainSteps(game: Game, batches: Iterator<Batch>, options: TrainOptions): Generator<StepResult, void> {
  const { steps, startAt = 0, discriminatorSteps = 1, generatorSteps = 1, signal } = options;
  requireCount("steps", steps, 1);
  requireCount("startAt", startAt, 0);
  requireCount("discriminatorSteps", discriminatorSteps, 1);
  requireCount("generatorSteps", generatorSteps, 1);
  for (let step = startAt + 1; step <= startAt + steps; step++) {
    throwIfStopped(signal);
    yield takeStep(game, batches, step, { d: discriminatorSteps, g: generatorSteps });
  }
}
