import * as tf from "../backend/tf";
import { conv2d } from "../ops/convolution";
import { SpectralLayer, type SpectralOptions } from "./SpectralLayer";

/** What {@link spectralConv2d} takes. */
export interface SpectralConv2DOptions extends SpectralOptions {
  /** The number of output channels. */
  readonly filters: number;
  /** Height and width of the kernel. */
  readonly kernelSize: number;
  /** Default 1. */
  readonly strides?: number;
  /** Default "same". */
  readonly padding?: "same" | "valid";
}

/** The layer behind {@link spectralConv2d}; registered, so that models with it can be saved and loaded. */
export class SpectralConv2D extends SpectralLayer {
  static readonly className = "GanSpectralConv2D";
  readonly #convolution: Required<
    Pick<SpectralConv2DOptions, "filters" | "kernelSize" | "strides" | "padding">
  >;

  constructor({
    filters,
    kernelSize,
    strides = 1,
    padding = "same",
    ...rest
  }: SpectralConv2DOptions) {
    super(rest);
    this.#convolution = { filters, kernelSize, strides, padding };
  }

  protected override kernelShape(inputChannels: number): number[] {
    const { kernelSize, filters } = this.#convolution;
    return [kernelSize, kernelSize, inputChannels, filters];
  }

  protected override product(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
    return conv2d(
      x as tf.Tensor4D,
      kernel as tf.Tensor4D,
      this.#convolution.strides,
      this.#convolution.padding,
    );
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { filters, kernelSize, strides, padding } = this.#convolution;
    const shrink = (length: number | null | undefined): number | null =>
      typeof length === "number"
        ? Math.ceil((padding === "same" ? length : length - kernelSize + 1) / strides)
        : null;
    return [inputShape[0] ?? null, shrink(inputShape[1]), shrink(inputShape[2]), filters];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#convolution };
  }
}
tf.serialization.registerClass(SpectralConv2D);

/**
 * A convolution with spectral normalisation (Miyato et al., arXiv 1802.05957): its kernel, taken as a matrix
 * [height width channels, filters], is divided by its largest singular value.
 *
 * @returns A layer from [N, height, width, channels] to [N, height', width', filters].
 */
export function spectralConv2d(options: SpectralConv2DOptions): SpectralConv2D {
  return new SpectralConv2D(options);
}
