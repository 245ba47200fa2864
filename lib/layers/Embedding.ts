import * as tf from "../backend/tf";
import { isTracing } from "../compile/trace/trace";
import { requireCount } from "../backend/require";
import { singleShape, singleTensor, type LayerArguments } from "./layer";

/** What {@link embedding} takes. */
export interface EmbeddingOptions extends LayerArguments {
  /** How many classes there are; labels are 0 … classes - 1. */
  readonly classes: number;
  /** The length of a class's vector. */
  readonly units: number;
  /** The standard deviation of the initial vectors' elements, around 0. Default 1. */
  readonly deviation?: number;
  /** Where the initial vectors come from: `random.seed()` of a random stream. */
  readonly seed: number;
}

/** The layer behind {@link embedding}; registered, so that models with it can be saved and loaded. */
export class Embedding extends tf.layers.Layer {
  static readonly className: string = "GanEmbedding";
  readonly #options: Required<Pick<EmbeddingOptions, "classes" | "units" | "deviation" | "seed">>;
  #table?: tf.LayerVariable;

  constructor({ classes, units, deviation = 1, seed, ...rest }: EmbeddingOptions) {
    requireCount("embedding: classes", classes);
    requireCount("embedding: units", units);
    if (!(deviation >= 0))
      throw new RangeError(`embedding: deviation must be at least 0, got ${deviation}.`);
    super(rest);
    this.#options = { classes, units, deviation, seed };
  }

  override build(): void {
    const { classes, units, deviation, seed } = this.#options;
    this.#table = this.addWeight(
      "table",
      [classes, units],
      "float32",
      tf.initializers.randomNormal({ mean: 0, stddev: deviation, seed }),
    );
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const labels = tf.cast(tf.reshape(singleTensor(inputs), [-1]), "int32"); // [N]
      this.#check(labels);
      const indicators = tf.oneHot(labels, this.#options.classes, 1, 0, "float32"); // [N, classes]
      return tf.matMul(indicators, this.#table!.read()); // [N, units]
    });
  }

  /** A traced step must not read values, so there a label that is no class gives the zero vector. */
  #check(labels: tf.Tensor): void {
    const { classes } = this.#options;
    const stranger = isTracing()
      ? undefined
      : labels.dataSync().find((label) => label < 0 || label >= classes);
    if (stranger === undefined) return;
    throw new RangeError(
      `${this.name}: labels must be from 0 to ${classes - 1}, got ${stranger}; give as many classes as the labels have.`,
    );
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [singleShape(inputShape)[0] ?? null, this.#options.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }
}
tf.serialization.registerClass(Embedding);

/**
 * A learned vector for each class: the row of a table that the label names, taken as the product of the label's one-hot
 * vector and the table, which is right under second derivatives and the same to the bit at every run.
 *
 * @returns A layer from labels [N] or [N, 1] to [N, units].
 * @throws RangeError when classes or units is no whole number of at least 1 or deviation is below 0, or, on use outside of a compiled step, for a label that is no class.
 */
export function embedding(options: EmbeddingOptions): Embedding {
  return new Embedding(options);
}
