import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { exp } from "../ops/activations";
import { channelsOf, singleShape, singleTensor, type LayerArguments } from "./layer";

/** What {@link minibatchDiscrimination} takes. */
export interface MinibatchDiscriminationOptions extends LayerArguments {
  /** B, how many similarities are added to each sample. */
  readonly features: number;
  /** C, in how many dimensions each similarity is measured. Default 5. */
  readonly dimensions?: number;
  /** Of the initial tensor T, which is normal with mean 0; above 0. Default 0.05. */
  readonly standardDeviation?: number;
  /** Where the initial tensor comes from: `random.seed()` of a random stream. */
  readonly seed: number;
}

/** The layer behind {@link minibatchDiscrimination}; registered, so that models with it can be saved and loaded. */
export class MinibatchDiscrimination extends tf.layers.Layer {
  static readonly className = "GanMinibatchDiscrimination";
  readonly #options: Required<
    Pick<MinibatchDiscriminationOptions, "features" | "dimensions" | "standardDeviation" | "seed">
  >;
  #tensor?: tf.LayerVariable;

  constructor({
    features,
    dimensions = 5,
    standardDeviation = 0.05,
    seed,
    ...rest
  }: MinibatchDiscriminationOptions) {
    requireCount("minibatchDiscrimination: features", features);
    requireCount("minibatchDiscrimination: dimensions", dimensions);
    if (!(standardDeviation > 0)) {
      throw new RangeError(
        `minibatchDiscrimination: standardDeviation must be above 0, got ${standardDeviation}.`,
      );
    }
    super(rest);
    this.#options = { features, dimensions, standardDeviation, seed };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = singleShape(inputShape);
    if (shape.length !== 2) {
      throw new Error(
        `${this.name}: samples [N, inputs] are wanted, got [${shape.join(", ")}]; put tf.layers.flatten() before it.`,
      );
    }
    const { features, dimensions, standardDeviation, seed } = this.#options;
    const normal = tf.initializers.randomNormal({ mean: 0, stddev: standardDeviation, seed });
    this.#tensor = this.addWeight(
      "tensor",
      [channelsOf(this.name, shape), features * dimensions],
      "float32",
      normal,
    );
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = singleTensor(inputs); // [N, A]
    const { features, dimensions } = this.#options;
    return tf.tidy(() => {
      const places = tf.reshape(tf.matMul(x, this.#tensor!.read()), [-1, features, dimensions]); // M: [N, B, C]
      const between = tf.sub(tf.expandDims(places, 0), tf.expandDims(places, 1)); // [N, N, B, C]
      const similarities = exp(tf.neg(tf.sum(tf.abs(between), 3))); // [N, N, B]
      return tf.concat([x, tf.sum(similarities, 1)], 1); // [N, A + B]
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = singleShape(inputShape);
    return [shape[0] ?? null, channelsOf(this.name, shape) + this.#options.features];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }
}
tf.serialization.registerClass(MinibatchDiscrimination);

/**
 * Minibatch discrimination (Salimans et al., arXiv 1606.03498, section 3.2): appends to each sample how similar it is to
 * the samples of its batch, o(x_i)_b = Σ_j exp(-‖M_i,b - M_j,b‖₁) with M_i = x_i T, so that a discriminator sees a
 * generator that collapses. The sum holds the sample itself: a sample like no other has 1, one of N equals has N. Right
 * under second derivatives. Real and generated samples go through the discriminator in batches of their own.
 *
 * @returns A layer from [N, inputs] to [N, inputs + features]; it holds N² features dimensions numbers on the way.
 * @throws RangeError when features or dimensions is no whole number of at least 1, or standardDeviation is not above 0;
 *   Error, on use, for samples that are not flat.
 */
export function minibatchDiscrimination(
  options: MinibatchDiscriminationOptions,
): MinibatchDiscrimination {
  return new MinibatchDiscrimination(options);
}
