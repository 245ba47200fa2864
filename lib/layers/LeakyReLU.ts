import * as tf from "../backend/tf";
import { leakyRelu } from "../ops/activations";
import { singleTensor, type LayerArguments } from "./layer";

/** What {@link leakyReLU} takes. */
export interface LeakyReLUOptions extends LayerArguments {
  /** The slope for negative inputs; at least 0. Default 0.2. */
  readonly slope?: number;
}

/** The layer behind {@link leakyReLU}; registered, so that models with it can be saved and loaded. */
export class LeakyReLU extends tf.layers.Layer {
  static readonly className = "GanLeakyReLU";
  readonly #slope: number;

  constructor({ slope = 0.2, ...rest }: LeakyReLUOptions = {}) {
    if (!(slope >= 0))
      throw new RangeError(`leakyReLU: the slope must be at least 0, got ${slope}.`);
    super(rest);
    this.supportsMasking = true;
    this.#slope = slope;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return leakyRelu(singleTensor(inputs), this.#slope);
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), slope: this.#slope };
  }
}
tf.serialization.registerClass(LeakyReLU);

/** A leaky rectified linear layer (Maas et al., 2013) that is right under second derivatives. */
export function leakyReLU(options?: LeakyReLUOptions): LeakyReLU {
  return new LeakyReLU(options);
}
