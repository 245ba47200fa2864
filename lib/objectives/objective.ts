import type * as tf from "../backend/tf";

/**
 * The two losses of a game, each to be minimised by its player. Both take logits [N, 1]: what the
 * discriminator says before the sigmoid.
 */
export interface Objective {
  readonly name: string;
  /** The discriminator's loss on real and generated logits, a scalar that the caller disposes. */
  discriminatorLoss(realLogits: tf.Tensor, fakeLogits: tf.Tensor): tf.Scalar;
  /** The generator's loss; some objectives compare with the real logits. A scalar that the caller disposes. */
  generatorLoss(fakeLogits: tf.Tensor, realLogits?: tf.Tensor): tf.Scalar;
}
