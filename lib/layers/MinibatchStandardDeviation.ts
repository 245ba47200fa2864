import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { channelsOf, singleTensor, type LayerArguments } from "./layer";

/** Added to the variance, so that the root has a slope where all samples agree. */
const EPSILON = 1e-8;

/** What {@link minibatchStandardDeviation} takes. */
export interface MinibatchStandardDeviationOptions extends LayerArguments {
  /** How many samples are compared with one another; it divides the batch of N. A group takes every (N / groupSize)-th sample, as
   * in ProGAN. Default: the whole batch. */
  readonly groupSize?: number;
}

/** The layer behind {@link minibatchStandardDeviation}; registered, so that models with it can be saved and loaded. */
export class MinibatchStandardDeviation extends tf.layers.Layer {
  static readonly className = "GanMinibatchStandardDeviation";
  readonly #groupSize: number | undefined;

  constructor({ groupSize, ...rest }: MinibatchStandardDeviationOptions = {}) {
    if (groupSize !== undefined) requireCount("minibatchStandardDeviation: groupSize", groupSize);
    super(rest);
    this.#groupSize = groupSize;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = singleTensor(inputs); // [N, ..., channels]
    const [count, ...sample] = x.shape as [number, ...number[]];
    const size = this.#groupSize ?? count;
    if (count % size !== 0) {
      throw new Error(
        `minibatchStandardDeviation: groupSize ${size} does not divide the batch of ${count} samples.`,
      );
    }
    return tf.tidy(() => {
      const groups = tf.reshape(x, [size, count / size, -1]); // [size, groups, elements]
      const centred = tf.sub(groups, tf.mean(groups, 0, true));
      const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0, true), EPSILON)); // [1, groups, elements]
      const figure = tf.mul(tf.mean(deviation, 2, true), tf.ones([size, count / size, 1])); // [size, groups, 1]
      const places = sample.slice(0, -1);
      const perSample = tf.reshape(figure, [count, ...places.map(() => 1), 1]); // [N, 1, ..., 1]
      return tf.concat([x, tf.mul(perSample, tf.ones([count, ...places, 1]))], -1);
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape.slice(0, -1), channelsOf(this.name, inputShape) + 1];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...(this.#groupSize === undefined ? {} : { groupSize: this.#groupSize }),
    };
  }
}
tf.serialization.registerClass(MinibatchStandardDeviation);

/**
 * Minibatch standard deviation (Karras et al., arXiv 1710.10196, section 3): appends a channel that holds how much the
 * samples of a batch differ, the standard deviation of each element averaged over all elements, so that a
 * discriminator sees a generator that collapses.
 *
 * @returns A layer from [N, ..., channels] to [N, ..., channels + 1].
 * @throws RangeError when groupSize is no whole number of at least 1; Error, on use, when it does not divide the batch.
 */
export function minibatchStandardDeviation(
  options?: MinibatchStandardDeviationOptions,
): MinibatchStandardDeviation {
  return new MinibatchStandardDeviation(options);
}
