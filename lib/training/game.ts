import type * as tf from "../backend/tf";
import type { Objective } from "../objectives/objective";
import type { RandomStream } from "../ops/random";
import type { Constraint, Regularizer } from "../regularizers/regularizer";
import type { Measured } from "./step";

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
  /** Draws latent vectors [count, latentDim]. Default: from N(0, I). */
  readonly latent?: (random: RandomStream, count: number) => tf.Tensor2D;
  /** What the discriminator sees of samples, real or generated: packs of them, for one (see `packed`). Default: the samples. */
  readonly view?: (samples: tf.Tensor) => tf.Tensor;
}

/** A batch of real samples. */
export interface Batch {
  /** Samples as the generator makes them; images are [N, height, width, channels] in [-1, 1]. */
  readonly images: tf.Tensor;
  /** Class labels [N], where the data set has them. */
  readonly labels?: tf.Tensor;
}

/** What a discriminator's update measures, before it: its loss with the regularizers, and how it judged the batch. */
export type DiscriminatorMeasures = {
  readonly discriminatorLoss: tf.Scalar;
  /** The mean of D(x) over the batch, in [0, 1]; not of a critic. */
  readonly realProbability?: tf.Scalar;
  /** The mean of D(G(z)) over the batch, in [0, 1]; not of a critic. */
  readonly fakeProbability?: tf.Scalar;
  /** The mean of a critic's f(x) over the batch. */
  readonly realScore?: tf.Scalar;
  /** The mean of a critic's f(G(z)) over the batch. */
  readonly fakeScore?: tf.Scalar;
};

/** What a generator's update measures: its loss before it. */
export type GeneratorMeasures = { readonly generatorLoss: tf.Scalar };

/** What a step of both players measures. */
export type GameMeasures = DiscriminatorMeasures & GeneratorMeasures;

/** What one step of a game did; plain numbers, and `step`, which counts from 1. */
export type StepResult = Measured<GameMeasures>;

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

/** Latent vectors [count, latentDim] as a game draws them. The caller disposes them. */
export function drawLatent({ generator, random, latent }: Game, count: number): tf.Tensor2D {
  return latent?.(random, count) ?? sampleLatent(generator, count, random);
}

/** What the game's discriminator sees of samples. */
export function viewOf({ view }: Game, samples: tf.Tensor): tf.Tensor {
  return view?.(samples) ?? samples;
}
