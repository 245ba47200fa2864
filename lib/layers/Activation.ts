import * as tf from "../backend/tf";
import { elu } from "../ops/activations";
import { selu } from "../ops/activations";
import { sigmoid } from "../ops/activations";
import { softmax } from "../ops/crossEntropy";
import { softplus } from "../ops/activations";
import { swish } from "../ops/activations";
import { tanh } from "../ops/activations";
import { singleTensor, type LayerArguments } from "./layer";

const functions = { elu, selu, sigmoid, softmax, softplus, swish, tanh };

/** The activations that {@link activation} knows. */
export type ActivationName = keyof typeof functions;

/** The layer behind {@link activation}; registered, so that models with it can be saved and loaded. */
export class Activation extends tf.layers.Layer {
  static readonly className = "GanActivation";
  readonly #activation: ActivationName;

  constructor({ activation, ...rest }: LayerArguments & { readonly activation: ActivationName }) {
    if (!Object.hasOwn(functions, activation)) {
      throw new Error(
        `activation: "${activation}" is not known; choose one of ${Object.keys(functions).join(", ")}.`,
      );
    }
    super(rest);
    this.supportsMasking = true;
    this.#activation = activation;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return functions[this.#activation](singleTensor(inputs));
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), activation: this.#activation };
  }
}
tf.serialization.registerClass(Activation);

/**
 * An activation layer that is right under second derivatives, unlike `tf.layers.activation`.
 *
 * @param name One of elu, selu, sigmoid, softmax, softplus, swish, tanh. (For relu take `tf.layers.reLU`, which is right.)
 * @throws Error when the name is not known.
 */
export function activation(name: ActivationName, options: LayerArguments = {}): Activation {
  return new Activation({ ...options, activation: name });
}
