import * as tf from "../backend/tf";
import { instanceNorm } from "../ops/instanceNorm";
import { ChannelNormalization, type NormalizationOptions } from "./ChannelNormalization";

/** The layer behind {@link instanceNormalization}; registered, so that models with it can be saved and loaded. */
export class InstanceNormalization extends ChannelNormalization {
  static readonly className = "GanInstanceNormalization";

  protected override normalize(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
    return instanceNorm(x, scale, offset, { epsilon: this.epsilon });
  }
}
tf.serialization.registerClass(InstanceNormalization);

/** Instance normalisation of images (Ulyanov et al., arXiv 1607.08022): each channel of each image by itself. */
export function instanceNormalization(options?: NormalizationOptions): InstanceNormalization {
  return new InstanceNormalization(options);
}
