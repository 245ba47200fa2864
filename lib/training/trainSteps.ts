import { compile } from "../backend/compile/compile";
import { hasNativeKernels } from "../backend/kernels";
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

/** What the updates are given: a batch's samples, and its labels where it has them. */
type BatchTensors = readonly [real: tf.Tensor, ...labels: tf.Tensor[]];

function tensorsOf({ images, labels }: Batch): BatchTensors {
  return labels === undefined ? [images] : [images, labels];
}

/** The updates of both players, ready to be called many times. */
interface Updates {
  discriminator(...batch: BatchTensors): tf.Tensor;
  generator(...batch: BatchTensors): tf.Tensor;
  dispose(): void;
}

/** Compiled where the backend has graphs. Updates that no graph can hold run as they are, with a warning that says why. */
function updatesOf(game: Game): Updates {
  const discriminator = (...[real, labels]: BatchTensors): tf.Tensor => updateDiscriminator(game, real, labels);
  const generator = (...[real, labels]: BatchTensors): tf.Tensor => updateGenerator(game, real, labels);
  if (!hasNativeKernels()) return { discriminator, generator, dispose: () => undefined };
  const compiled = { discriminator: compile(discriminator, { untraceable: "run" }), generator: compile(generator, { untraceable: "run" }) };
  const dispose = (): void => {
    compiled.discriminator.dispose();
    compiled.generator.dispose();
  };
  return { ...compiled, dispose };
}

function takeStep(updates: Updates, batches: Iterator<Batch>, step: number, counts: { d: number; g: number }): StepResult {
  const measured = tf.tidy((): tf.Tensor1D => {
    let ofDiscriminator: tf.Tensor | undefined;
    let ofGenerator: tf.Tensor | undefined;
    let batch: BatchTensors | undefined;
    for (let k = 0; k < counts.d; k++) {
      batch = tensorsOf(nextBatch(batches, step));
      ofDiscriminator = updates.discriminator(...batch);
    }
    for (let k = 0; k < counts.g; k++) ofGenerator = updates.generator(...(batch as BatchTensors));
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
 * when it is interrupted. On the native backend the updates are compiled (see `compile`) from the third or fourth step
 * on, with the same results; the networks and optimizers stay as they are otherwise.
 *
 * @param batches An endless iterator of real samples, with their labels where a network takes labels.
 * @throws RangeError for counts that make no sense; the signal's reason when aborted.
 */
export function* trainSteps(game: Game, batches: Iterator<Batch>, options: TrainOptions): Generator<StepResult, void> {
  const { steps, startAt = 0, discriminatorSteps = 1, generatorSteps = 1, signal } = options;
  requireCount("steps", steps, 1);
  requireCount("startAt", startAt, 0);
  requireCount("discriminatorSteps", discriminatorSteps, 1);
  requireCount("generatorSteps", generatorSteps, 1);
  const updates = updatesOf(game);
  try {
    for (let step = startAt + 1; step <= startAt + steps; step++) {
      throwIfStopped(signal);
      yield takeStep(updates, batches, step, { d: discriminatorSteps, g: generatorSteps });
    }
  } finally {
    updates.dispose();
  }
}
