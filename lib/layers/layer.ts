/** What gan-lib's layers share. */
import * as tf from "../backend/tf";

/** What every tf.js layer takes: name, inputShape, trainable and so on. */
export type LayerArguments = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

/** The tensor of a layer with a single input; tf.js hands it over bare or in an array. */
export function singleTensor(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}

/** The shape of a layer's single input; tf.js hands it over bare or in an array. */
export function singleShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
  return Array.isArray(shapes[0]) ? shapes[0] : (shapes as tf.Shape);
}

/** The number of channels: the last entry of a shape. */
export function channelsOf(layer: string, shape: tf.Shape): number {
  const channels = shape[shape.length - 1];
  if (typeof channels !== "number") {
    throw new Error(
      `${layer}: the last axis of the input must have a known length, got [${shape.join(", ")}].`,
    );
  }
  return channels;
}
