/** Layers that standardise by the moments of each sample. */
import * as tf from "../backend/tf";
import { DEFAULT_EPSILON, instanceNorm, layerNorm } from "../ops/normalization";
import { type LayerArguments, channelsOf, singleShape, singleTensor } from "./layer";

/** What the normalising layers take. */
export interface NormalizationOptions extends LayerArguments {
  /** Added to the variance, above 0. Default 1e-5. */
  readonly epsilon?: number;
}

/** A layer that standardises its input, then scales (gamma, at first 1) and shifts (beta, at first 0) each channel. */
export abstract class ChannelNormalization extends tf.layers.Layer {
  protected readonly epsilon: number;
  #gamma?: tf.LayerVariable;
  #beta?: tf.LayerVariable;

  constructor({ epsilon = DEFAULT_EPSILON, ...rest }: NormalizationOptions = {}) {
    if (!(epsilon > 0))
      throw new RangeError(`normalization: epsilon must be above 0, got ${epsilon}.`);
    super(rest);
    this.epsilon = epsilon;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = channelsOf(this.name, singleShape(inputShape));
    this.#gamma = this.addWeight("gamma", [channels], "float32", tf.initializers.ones());
    this.#beta = this.addWeight("beta", [channels], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: { readonly training?: boolean },
  ): tf.Tensor {
    return this.normalize(
      singleTensor(inputs),
      this.#gamma!.read(),
      this.#beta!.read(),
      kwargs.training === true,
    );
  }

  /** Standardises, scales and shifts x; what the layers differ in. */
  protected abstract normalize(
    x: tf.Tensor,
    scale: tf.Tensor,
    offset: tf.Tensor,
    training: boolean,
  ): tf.Tensor;

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon };
  }
}

/** What {@link instanceNormalization} takes. */
export interface InstanceNormalizationOptions extends NormalizationOptions {
  /** Whether channels are scaled and shifted by weights; the networks of CycleGAN do without. Default true. */
  readonly affine?: boolean;
}

/** The layer behind {@link instanceNormalization}; registered, so that models with it can be saved and loaded. */
export class InstanceNormalization extends ChannelNormalization {
  static readonly className = "GanInstanceNormalization";
  readonly #affine: boolean;

  constructor({ affine = true, ...rest }: InstanceNormalizationOptions = {}) {
    super(rest);
    this.#affine = affine;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    if (this.#affine) super.build(inputShape);
    else this.built = true;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: { readonly training?: boolean },
  ): tf.Tensor {
    if (this.#affine) return super.call(inputs, kwargs);
    return instanceNorm(singleTensor(inputs), tf.scalar(1), tf.scalar(0), {
      epsilon: this.epsilon,
    });
  }

  protected override normalize(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
    return instanceNorm(x, scale, offset, { epsilon: this.epsilon });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), affine: this.#affine };
  }
}
tf.serialization.registerClass(InstanceNormalization);

/** Instance normalisation of images (Ulyanov et al., arXiv 1607.08022): each channel of each image by itself. */
export function instanceNormalization(
  options?: InstanceNormalizationOptions,
): InstanceNormalization {
  return new InstanceNormalization(options);
}

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
