import * as tf from "../backend/tf";
import { DEFAULT_EPSILON } from "../ops/standardize";
import { channelsOf, singleShape, singleTensor, type LayerArguments } from "./layer";

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
