import type * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";

/** What a regularizer looks at. */
export interface RegularizerContext {
  /** The discriminator while training: samples [N, ...] to logits [N, 1]. */
  readonly discriminate: (samples: tf.Tensor) => tf.Tensor;
  /** Real samples [N, ...]. */
  readonly real: tf.Tensor;
  /** Generated samples of the same shape. */
  readonly fake: tf.Tensor;
  /** Where a regularizer draws from. */
  readonly random: RandomStream;
}

/**
 * A scalar that is added to the discriminator's loss; whoever calls it disposes the scalar. Steps are compiled: it may draw
 * tensors from `random`, and must not branch on what changes in the course of a run. For a penalty at every 16th step,
 * choose between two steps by a schedule.
 */
export type Regularizer = (context: RegularizerContext) => tf.Scalar;

/** What is done to the discriminator after each of its updates. */
export type Constraint = (discriminator: tf.LayersModel) => void;
