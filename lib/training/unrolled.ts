/** The generator's update through the steps with which the discriminator would answer it. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { refuseUnsafe } from "../regularizers/unsafeOperations";
import { drawLatent, viewOf, type Batch, type Game, type GeneratorMeasures } from "./game";
import { applyTraining, descendGenerator, logitsForGenerator, trainableVariables } from "./updates";
import { withWeights } from "./withWeights";

/** What {@link unroll} and {@link updateUnrolledGenerator} take. */
export interface UnrollOptions {
  /** K, how many steps are looked ahead; 0 is none. */
  readonly steps: number;
  /** η, the learning rate of these steps; above 0. */
  readonly rate: number;
}

/**
 * Weights after some steps of gradient descent on a loss, which remain functions of all that the loss depends on (Metz et
 * al., arXiv 1611.02163, equation 7): differentiate them, and the derivative goes through the steps.
 *
 * @param loss Of the weights; each step takes it anew.
 * @returns A tensor for each weight; the caller disposes them.
 * @throws RangeError when steps is no whole number of at least 0, or rate is not above 0.
 */
export function unroll(
  weights: readonly tf.Tensor[],
  loss: (...weights: tf.Tensor[]) => tf.Scalar,
  { steps, rate }: UnrollOptions,
): tf.Tensor[] {
  requireCount("unroll: steps", steps, 0);
  if (!(rate > 0)) throw new RangeError(`unroll: rate must be above 0, got ${rate}.`);
  const slopes = tf.grads(loss);
  return tf.tidy(() => {
    let current = weights.map((weight) => weight.clone());
    for (let step = 0; step < steps; step++) {
      const gradients = slopes(current);
      current = current.map((weight, i) => tf.sub(weight, tf.mul(rate, gradients[i] as tf.Tensor)));
    }
    return current;
  });
}

/**
 * Updates the generator once, against the discriminator as it would be after K more steps of its own on the same samples
 * (arXiv 1611.02163, equations 9 and 10). The derivative goes through these steps, so the generator sees how the
 * discriminator would react to it: the second term of equation 12. The discriminator itself, its running moments
 * included, stays as it is; update it with `updateDiscriminator`. The steps are plain gradient descent, equation 7 as it is
 * written; the paper's experiments unroll Adam. For the paper's loss, the value of the game, pass the
 * objective `zeroSum(minimax)`.
 *
 * @param batch Its real samples are what all the steps look at; not disposed.
 * @returns The generator's loss against the unrolled discriminator, before the update; the caller disposes it.
 * @throws RangeError as {@link unroll}; Error when the game has regularizers or constraints, which are not unrolled, or the
 *   discriminator an operation that tf.js cannot differentiate twice.
 */
export function updateUnrolledGenerator(
  game: Game,
  { images, labels }: Batch,
  options: UnrollOptions,
): GeneratorMeasures {
  const { generator, discriminator, objective } = game;
  refuseAdditions(game);
  const logits = (samples: tf.Tensor): tf.Tensor =>
    refuseUnsafe("updateUnrolledGenerator", () => applyTraining(discriminator, samples, labels));
  return tf.tidy(() => {
    const z = drawLatent(game, images.shape[0]); // [N, latentDim]
    const real = viewOf(game, images);
    const generatorLoss = descendGenerator(game, () => {
      const fake = viewOf(game, applyTraining(generator, z, labels));
      const loss = (...weights: tf.Tensor[]): tf.Scalar =>
        withWeights(discriminator, weights, () =>
          objective.discriminatorLoss(logits(real), logits(fake)),
        );
      const answer = unroll(trainableVariables(discriminator), loss, options);
      return withWeights(discriminator, answer, () =>
        objective.generatorLoss(logits(fake), logitsForGenerator(game, real, labels)),
      );
    });
    return { generatorLoss };
  });
}

function refuseAdditions({ regularizers = [], constraints = [] }: Game): void {
  if (regularizers.length + constraints.length > 0)
    throw new Error(
      "updateUnrolledGenerator: regularizers and constraints are not unrolled; play the game without them.",
    );
}
