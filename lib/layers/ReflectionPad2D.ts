import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { reflectPad } from "../ops/mirroredPad";
import { singleShape, singleTensor, type LayerArguments } from "./layer";

/** What {@link reflectionPad2d} takes. */
export interface ReflectionPad2DOptions extends LayerArguments {
  /** Pixels on each side, at least 0 and less than the shorter side of the image. Default 1. */
  readonly padding?: number;
}

/** The layer behind {@link reflectionPad2d}; registered, so that models with it can be saved and loaded. */
export class ReflectionPad2D extends tf.layers.Layer {
  static readonly className = "GanReflectionPad2D";
  readonly #padding: number;

  constructor({ padding = 1, ...rest }: ReflectionPad2DOptions = {}) {
    requireCount("reflectionPad2d: padding", padding, 0);
    super(rest);
    this.#padding = padding;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return reflectPad(singleTensor(inputs) as tf.Tensor4D, this.#padding);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return singleShape(inputShape).map((length, axis) => this.#paddedLength(length, axis));
  }

  /** Height and width grow; a length that is not known yet stays so. */
  #paddedLength(length: number | null, axis: number): number | null {
    if (length === null || (axis !== 1 && axis !== 2)) return length;
    if (this.#padding >= length)
      throw new RangeError(
        `reflectionPad2d: a side of ${length} pixels takes 0 to ${length - 1} more, got ${this.#padding}.`,
      );
    return length + 2 * this.#padding;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), padding: this.#padding };
  }
}
tf.serialization.registerClass(ReflectionPad2D);

/**
 * Pads images with their mirror, so that a convolution sees no frame of zeros (Zhu et al., CycleGAN, arXiv 1703.10593,
 * appendix 7.2). Right at every order.
 *
 * @returns A layer from [N, height, width, channels] to [N, height + 2 padding, width + 2 padding, channels].
 * @throws RangeError when the padding is no whole number of at least 0, or not less than a side.
 */
export function reflectionPad2d(options?: ReflectionPad2DOptions): ReflectionPad2D {
  return new ReflectionPad2D(options);
}
