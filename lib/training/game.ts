import type * as tf from "../backend/tf";
import type { Objective } from "../objectives/objective";
import type { RandomStream } from "../ops/random";
import type { Constraint, Regularizer } from "../regularizers/regularizer";

/** Two networks, what each wants, and how each learns. A network with a second input is given class labels [N, 1] there. */
export interface Game {
  /** From latent vectors [N, latentDim], or from those and labels, to samples. */
  readonly generator: tf.LayersModel;
  /** From samples, or from those and labels, to logits [N, 1]. */
  readonly discriminator: tf.LayersModel;
  readonly objective: Objective;
  /** What is added to the discriminator's loss. */
  readonly regularizers?: readonly Regularizer[];
  /** What is done to the discriminator after each of its updates. */
  readonly constraints?: readonly Constraint[];
  readonly generatorOptimizer: tf.Optimizer;
  readonly discriminatorOptimizer: tf.Optimizer;
  /** Where the latent vectors come from, and what regularizers draw. */
  readonly random: RandomStream;
}

/** A batch of real samples. */
export interface Batch {
  /** Samples as the discriminator takes them; images are [N, height, width, channels] in [-1, 1]. */
  readonly images: tf.Tensor;
  /** Class labels [N], where the data set has them. */
  readonly labels?: tf.Tensor;
}

/** What one step did; plain numbers. */
export interface StepResult {
  /** Counts from 1. */
  readonly step: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  /** The mean of D(x) over the batch, before the discriminator's update; in [0, 1]. */
  readonly realProbability: number;
  /** The mean of D(G(z)) over the batch, before the discriminator's update; in [0, 1]. */
  readonly fakeProbability: number;
}

/** Whether a network has a second input, for class labels. */
export function takesLabels(model: tf.LayersModel): boolean {
  return model.inputs.length > 1;
}

/** The length of the latent vector that a generator takes. */
export function latentDimOf(generator: tf.LayersModel): number {
  const shape = generator.inputs[0]?.shape ?? [];
  const size = shape[shape.length - 1];
  if (shape.length !== 2 || typeof size !== "number") {
    throw new Error(
      `The generator must take latent vectors [N, latentDim]; its input is [${shape.join(", ")}].`,
    );
  }
  return size;
}

/**
 * Latent vectors z from the standard normal distribution, [count, latentDim]. The caller disposes them.
 *
 * @param count How many, at least 1.
 */
export function sampleLatent(
  generator: tf.LayersModel,
  count: number,
  random: RandomStream,
): tf.Tensor2D {
  return random.normal([count, latentDimOf(generator)]) as tf.Tensor2D;
}
