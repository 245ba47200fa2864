import * as tf from "../backend/tf";
import { Embedding, type EmbeddingOptions } from "./Embedding";
import type { LayerArguments } from "./layer";

/** What {@link projection} takes: what an embedding takes; `units` is the number of features, `deviation` by default 0.02. */
export type ProjectionOptions = EmbeddingOptions;

/** The layer behind {@link projection}; registered, so that models with it can be saved and loaded. */
export class Projection extends Embedding {
  static override readonly className: string = "GanProjection";

  constructor({ deviation = 0.02, ...rest }: ProjectionOptions & LayerArguments) {
    super({ ...rest, deviation });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [features, labels] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() => tf.sum(tf.mul(features, super.call(labels)), 1, true));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [(inputShape as tf.Shape[])[0]?.[0] ?? null, 1];
  }
}
tf.serialization.registerClass(Projection);

/**
 * How well features agree with a class: <V_y, phi>, the inner product of the class's learned vector and the features
 * (Miyato and Koyama, arXiv 1802.05637, eq. 3).
 *
 * @returns A layer from [phi [N, units], labels [N, 1]] to [N, 1].
 * @throws RangeError as {@link embedding} does.
 */
export function projection(options: ProjectionOptions): Projection {
  return new Projection(options);
}
