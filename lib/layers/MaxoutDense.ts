import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { max } from "../ops/extrema";
import { channelsOf, singleShape, singleTensor, type LayerArguments } from "./layer";

/** What {@link maxoutDense} takes. */
export interface MaxoutDenseOptions extends LayerArguments {
  /** The number of outputs. */
  readonly units: number;
  /** How many linear functions each output takes the largest of. Default 5. */
  readonly pieces?: number;
  /** Of the initial kernel, which is normal with mean 0; above 0. Default 0.02. */
  readonly standardDeviation?: number;
  /** Where the initial kernel comes from: `random.seed()` of a random stream. */
  readonly seed: number;
}

/** The layer behind {@link maxoutDense}; registered, so that models with it can be saved and loaded. */
export class MaxoutDense extends tf.layers.Layer {
  static readonly className = "GanMaxoutDense";
  readonly #units: number;
  readonly #pieces: number;
  readonly #standardDeviation: number;
  readonly #seed: number;
  #kernel?: tf.LayerVariable;
  #bias?: tf.LayerVariable;

  constructor({ units, pieces = 5, standardDeviation = 0.02, seed, ...rest }: MaxoutDenseOptions) {
    requireCount("maxoutDense: units", units);
    requireCount("maxoutDense: pieces", pieces);
    if (!(standardDeviation > 0)) {
      throw new RangeError(
        `maxoutDense: standardDeviation must be above 0, got ${standardDeviation}.`,
      );
    }
    super(rest);
    this.#units = units;
    this.#pieces = pieces;
    this.#standardDeviation = standardDeviation;
    this.#seed = seed;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const inputs = channelsOf(this.name, singleShape(inputShape));
    const outputs = this.#pieces * this.#units;
    const normal = tf.initializers.randomNormal({
      mean: 0,
      stddev: this.#standardDeviation,
      seed: this.#seed,
    });
    this.#kernel = this.addWeight("kernel", [inputs, outputs], "float32", normal);
    this.#bias = this.addWeight("bias", [outputs], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const all = tf.add(tf.matMul(singleTensor(inputs), this.#kernel!.read()), this.#bias!.read()); // [N, pieces * units]
      return max(tf.reshape(all, [-1, this.#pieces, this.#units]), 1); // [N, units]
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape.slice(0, -1), this.#units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const own = {
      units: this.#units,
      pieces: this.#pieces,
      standardDeviation: this.#standardDeviation,
      seed: this.#seed,
    };
    return { ...super.getConfig(), ...own };
  }
}
tf.serialization.registerClass(MaxoutDense);

/**
 * A maxout layer (Goodfellow et al., arXiv 1302.4389, section 3): each output is the largest of several linear functions
 * of the input, so that the layer learns its own convex activation. Right under second derivatives.
 *
 * @returns A layer from [N, inputs] to [N, units].
 * @throws RangeError when units or pieces is no whole number of at least 1, or standardDeviation is not above 0.
 */
export function maxoutDense(options: MaxoutDenseOptions): MaxoutDense {
  return new MaxoutDense(options);
}
