import type * as tf from "../backend/tf";

/**
 * The two losses of a game, each to be minimised by its player. Both take logits [N, 1]: what the
 * discriminator says before the sigmoid. Steps are compiled: a loss may branch on shapes and on its own options, and on
 * nothing that changes in the course of a run, such as a counter or a random number of JavaScript's (see `Schedule`).
 */
export interface Objective {
  readonly name: string;
  /** Says that the discriminator is a critic: what it says is a score, and no probability's logit. */
  readonly critic?: true;
  /** Says that `generatorLoss` compares with the logits of the real samples; it gets them then, and only then. */
  readonly usesRealLogits?: true;
  /** The discriminator's loss on real and generated logits, a scalar that the caller disposes. */
  discriminatorLoss(realLogits: tf.Tensor, fakeLogits: tf.Tensor): tf.Scalar;
  /** The generator's loss; see `usesRealLogits`. A scalar that the caller disposes. */
  generatorLoss(fakeLogits: tf.Tensor, realLogits?: tf.Tensor): tf.Scalar;
}
