import * as tf from "../backend/tf";
import type { LayerArguments } from "./layer";

/** What {@link scaledAdd} takes. */
export interface ScaledAddOptions extends LayerArguments {
  /** What the second input is multiplied by. Default 1. */
  readonly scale?: number;
}

/** The layer behind {@link scaledAdd}; registered, so that models with it can be saved and loaded. */
export class ScaledAdd extends tf.layers.Layer {
  static readonly className = "GanScaledAdd";
  readonly #scale: number;

  constructor({ scale = 1, ...rest }: ScaledAddOptions = {}) {
    if (!Number.isFinite(scale))
      throw new RangeError(`scaledAdd: the scale must be a finite number, got ${scale}.`);
    super(rest);
    this.#scale = scale;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [sum, added] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() => tf.add(sum, tf.mul(added, this.#scale)));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [sum, added] = inputShape as [tf.Shape, tf.Shape];
    if (sum.slice(1).join() !== added.slice(1).join())
      throw new Error(
        `scaledAdd: both inputs must have the same shape, got [${sum.slice(1).join(", ")}] and [${added.slice(1).join(", ")}].`,
      );
    return sum;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.#scale };
  }
}
tf.serialization.registerClass(ScaledAdd);

/**
 * The first input plus `scale` times the second: a skip connection whose weight is set, not learned.
 *
 * @returns A layer from two inputs [N, ...] of one shape to that shape.
 * @throws RangeError when the scale is not finite; Error, on use, when the shapes differ.
 */
export function scaledAdd(options?: ScaledAddOptions): ScaledAdd {
  return new ScaledAdd(options);
}
