import { compile } from "../compile/compile";
import { hasNativeKernels } from "../backend/kernels";
import { requireCount } from "../backend/require";
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

function nextBatch(batches: Iterator<Batch>, step: number): Batch {
  const next = batches.next();
  if (next.done === true)
    throw new Error(`trainSteps: the batches ended in step ${step}; pass an endless iterator.`);
  return next.value;
}

/** How many updates of each player make a step. */
interface Counts {
  readonly discriminator: number;
  readonly generator: number;
}

/**
 * A whole step: one batch a discriminator update, each its samples and, where it has them, its labels, to [D's loss, mean
 * D(x), mean D(G(z)), G's loss], of the last updates.
 */
interface Updates {
  (...batches: tf.Tensor[]): tf.Tensor;
  dispose(): void;
}

/** A step of more updates is not made one graph, since noting a step takes time for each. */
const MOST_IN_A_GRAPH = 8;

/** An update of one player on a batch: its samples and, where it has them, its labels. */
type Update = (...batch: tf.Tensor[]) => tf.Tensor;
/** The tensors of all batches, one after the other. */
type Step = (...batches: tf.Tensor[]) => tf.Tensor;

/** Takes the tensors of several batches apart. */
function apart(tensors: readonly tf.Tensor[], batches: number): tf.Tensor[][] {
  const size = tensors.length / batches;
  return Array.from({ length: batches }, (_, k) => tensors.slice(k * size, (k + 1) * size));
}

/** A step of these updates. */
function stepOf(updateD: Update, updateG: Update, { discriminator, generator }: Counts): Step {
  return (...tensors) => {
    const batches = apart(tensors, discriminator);
    const ofDiscriminator = batches.map((batch) => updateD(...batch));
    const ofGenerator = Array.from({ length: generator }, () =>
      updateG(...(batches[discriminator - 1] as tf.Tensor[])),
    );
    return tf.concat([
      ofDiscriminator[discriminator - 1] as tf.Tensor,
      tf.reshape(ofGenerator[generator - 1] as tf.Tensor, [1]),
    ]);
  };
}

/** Compiled where the backend has graphs. What no graph can hold runs as it is, with a warning that says why. */
function updatesOf(game: Game, counts: Counts): Updates {
  const updateD: Update = (real, labels) => updateDiscriminator(game, real, labels);
  const updateG: Update = (real, labels) => updateGenerator(game, real, labels);
  const whole = stepOf(updateD, updateG, counts);
  if (!hasNativeKernels()) return Object.assign(whole, { dispose: () => undefined });
  if (counts.discriminator + counts.generator <= MOST_IN_A_GRAPH)
    return compile(whole, { untraceable: "run" });
  const [fastD, fastG] = [
    compile(updateD, { untraceable: "run" }),
    compile(updateG, { untraceable: "run" }),
  ];
  const dispose = (): void => {
    fastD.dispose();
    fastG.dispose();
  };
  return Object.assign(stepOf(fastD, fastG, counts), { dispose });
}

function tensorsOf({ images, labels }: Batch): tf.Tensor[] {
  return labels === undefined ? [images] : [images, labels];
}

function takeStep(
  updates: Updates,
  batches: Iterator<Batch>,
  step: number,
  counts: Counts,
): StepResult {
  const measured = tf.tidy(() =>
    updates(
      ...Array.from({ length: counts.discriminator }, () =>
        tensorsOf(nextBatch(batches, step)),
      ).flat(),
    ),
  );
  const [discriminatorLoss, realProbability, fakeProbability, generatorLoss] =
    measured.dataSync() as unknown as [number, number, number, number];
  measured.dispose();
  return { step, discriminatorLoss, generatorLoss, realProbability, fakeProbability };
}

/**
 * Trains a GAN, one step at a time: k discriminator updates, then the generator's (algorithm 1 of
 * arXiv 1406.2661). The loop body belongs to the caller: `for (const step of trainSteps(…)) { … }`.
 * Tensors that the iterator makes for a step are disposed with it. The loop ends only between steps, also
 * when it is interrupted. On the native backend a whole step of up to 8 updates becomes one graph (see `compile`) from
 * the third or fourth step on, and otherwise each player's update; the networks and optimizers can be read and changed between steps as without.
 *
 * @param batches An endless iterator of real samples, with their labels where a network takes labels.
 * @throws RangeError for counts that make no sense; the signal's reason when aborted.
 */
export function* trainSteps(
  game: Game,
  batches: Iterator<Batch>,
  options: TrainOptions,
): Generator<StepResult, void> {
  const { steps, startAt = 0, discriminatorSteps = 1, generatorSteps = 1, signal } = options;
  requireCount("trainSteps: steps", steps);
  requireCount("trainSteps: startAt", startAt, 0);
  requireCount("trainSteps: discriminatorSteps", discriminatorSteps);
  requireCount("trainSteps: generatorSteps", generatorSteps);
  const counts: Counts = { discriminator: discriminatorSteps, generator: generatorSteps };
  const updates = updatesOf(game, counts);
  try {
    for (let step = startAt + 1; step <= startAt + steps; step++) {
      throwIfStopped(signal);
      yield takeStep(updates, batches, step, counts);
    }
  } finally {
    updates.dispose();
  }
}
