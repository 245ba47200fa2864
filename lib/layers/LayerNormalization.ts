import * as tf from "../backend/tf";
import { layerNorm } from "../ops/layerNorm";
import { ChannelNormalization, type NormalizationOptions } from "./ChannelNormalization";

/** The layer behind {@link layerNormalization}; registered, so that models with it can be saved and loaded. */
export class LayerNormalization extends ChannelNormalization {
  static readonly className = "GanLayerNormalization";

  protected override normalize(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
    return layerNorm(x, scale, offset, { epsilon: this.epsilon });
  }
}
tf.serialization.registerClass(LayerNormalization);

/**
 * Layer normalisation (Ba et al., arXiv 1607.06450): each sample over all its elements, with one scale and shift a
 * channel. What a critic under a gradient penalty takes in place of batch normalisation (arXiv 1704.00028, section 4).
 */
export function layerNormalization(options?: NormalizationOptions): LayerNormalization {
  return new LayerNormalization(options);
}
