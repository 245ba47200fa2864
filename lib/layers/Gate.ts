import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import type { LayerArguments } from "./layer";

/** What {@link gate} takes. */
export interface GateOptions extends LayerArguments {
  /** Which of the gates, from 0. */
  readonly number: number;
}

/** The layer behind {@link gate}; registered, so that models with it can be saved and loaded. */
export class Gate extends tf.layers.Layer {
  static readonly className = "GanGate";
  readonly #number: number;

  constructor({ number, ...rest }: GateOptions) {
    requireCount("gate: number", number, 0);
    super(rest);
    this.#number = number;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [maps, gates] = inputs as [tf.Tensor, tf.Tensor2D];
    return tf.tidy(() => {
      const own = tf.slice(gates, [0, this.#number], [-1, 1]); // [N, 1]
      const open = tf.reshape(own, [-1, ...maps.shape.slice(1).map(() => 1)]); // [N, 1, ..., 1]
      return tf.mul(maps, open);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [maps, gates] = inputShape as [tf.Shape, tf.Shape];
    if (gates.length !== 2 || !((gates[1] ?? 0) > this.#number))
      throw new Error(
        `gate: gate ${this.#number} needs gates [N, ${this.#number + 1}] or more, got [${gates.slice(1).join(", ")}] a sample.`,
      );
    return maps;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), number: this.#number };
  }
}
tf.serialization.registerClass(Gate);

/**
 * Multiplies each sample by one of its gates: 1 lets it pass, 0 stops it (Chen et al., Gated-GAN, arXiv 1904.02296, section 3).
 *
 * @returns A layer from [maps [N, ...], gates [N, count]] to the shape of the maps.
 * @throws RangeError when the number is no whole number of at least 0; Error, on use, when there are not so many gates.
 */
export function gate(options: GateOptions): Gate {
  return new Gate(options);
}
