import * as tf from "../backend/tf";
import { batchNorm } from "../ops/normalization";
import { ChannelNormalization, type NormalizationOptions } from "./ChannelNormalization";
import { channelsOf, singleShape } from "./layer";

/** What {@link batchNormalization} takes. */
export interface BatchNormalizationOptions extends NormalizationOptions {
  /** The share of the running moments that a training step keeps, in [0, 1). Default 0.9. */
  readonly momentum?: number;
}

/** The layer behind {@link batchNormalization}; registered, so that models with it can be saved and loaded. */
export class BatchNormalization extends ChannelNormalization {
  static readonly className = "GanBatchNormalization";
  readonly #momentum: number;
  #mean?: tf.LayerVariable;
  #variance?: tf.LayerVariable;

  constructor({ momentum = 0.9, ...rest }: BatchNormalizationOptions = {}) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new RangeError(`batchNormalization: momentum must be in [0, 1), got ${momentum}.`);
    }
    super(rest);
    this.#momentum = momentum;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    const shape = [channelsOf(this.name, singleShape(inputShape))];
    this.#mean = this.addWeight(
      "movingMean",
      shape,
      "float32",
      tf.initializers.zeros(),
      undefined,
      false,
    );
    this.#variance = this.addWeight(
      "movingVariance",
      shape,
      "float32",
      tf.initializers.ones(),
      undefined,
      false,
    );
  }

  protected override normalize(
    x: tf.Tensor,
    scale: tf.Tensor,
    offset: tf.Tensor,
    training: boolean,
  ): tf.Tensor {
    const mean = this.#mean!;
    const variance = this.#variance!;
    if (!training) {
      const factor = tf.mul(scale, tf.rsqrt(tf.add(variance.read(), this.epsilon)));
      return tf.add(tf.mul(tf.sub(x, mean.read()), factor), offset);
    }
    const onMoments = (batchMean: tf.Tensor, batchVariance: tf.Tensor): void => {
      mean.write(this.#blend(mean.read(), batchMean));
      variance.write(this.#blend(variance.read(), batchVariance));
    };
    return batchNorm(x, scale, offset, { epsilon: this.epsilon, onMoments });
  }

  #blend(running: tf.Tensor, batch: tf.Tensor): tf.Tensor {
    return tf.add(tf.mul(this.#momentum, running), tf.mul(1 - this.#momentum, batch));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), momentum: this.#momentum };
  }
}
tf.serialization.registerClass(BatchNormalization);

/**
 * Batch normalisation (Ioffe and Szegedy, arXiv 1502.03167): by the batch's moments while training, which every training
 * call blends into running moments, and by those otherwise. A critic under a gradient penalty takes
 * `layerNormalization` instead: the penalty is of each sample by itself (arXiv 1704.00028, section 4).
 *
 * @throws RangeError when momentum is outside [0, 1) or epsilon not above 0.
 */
export function batchNormalization(options?: BatchNormalizationOptions): BatchNormalization {
  return new BatchNormalization(options);
}
