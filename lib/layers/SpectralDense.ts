import * as tf from "../backend/tf";
import { SpectralLayer, type SpectralOptions } from "./SpectralLayer";

/** What {@link spectralDense} takes. */
export interface SpectralDenseOptions extends SpectralOptions {
  /** The number of outputs. */
  readonly units: number;
}

/** The layer behind {@link spectralDense}; registered, so that models with it can be saved and loaded. */
export class SpectralDense extends SpectralLayer {
  static readonly className = "GanSpectralDense";
  readonly #units: number;

  constructor({ units, ...rest }: SpectralDenseOptions) {
    super(rest);
    this.#units = units;
  }

  protected override kernelShape(inputChannels: number): number[] {
    return [inputChannels, this.#units];
  }

  protected override product(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
    return tf.matMul(x, kernel);
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape.slice(0, -1), this.#units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), units: this.#units };
  }
}
tf.serialization.registerClass(SpectralDense);

/**
 * A dense layer with spectral normalisation (Miyato et al., arXiv 1802.05957): its Lipschitz constant is about 1.
 *
 * @returns A layer from [N, inputs] to [N, units].
 */
export function spectralDense(options: SpectralDenseOptions): SpectralDense {
  return new SpectralDense(options);
}
