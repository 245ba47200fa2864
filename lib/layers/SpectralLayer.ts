import * as tf from "../backend/tf";
import { spectralNorm } from "../ops/spectralNorm";
import { channelsOf, singleShape, singleTensor, type LayerArguments } from "./layer";

/** What the layers with a spectrally normalised kernel share. */
export interface SpectralOptions extends LayerArguments {
  /** Where the initial kernel and u come from: `random.seed()` of a random stream. */
  readonly seed: number;
  /** Default true. */
  readonly useBias?: boolean;
}

/**
 * A layer whose kernel [..., outputs] is divided by its largest singular value (Miyato et al., arXiv 1802.05957). Every
 * training call takes one power iteration and keeps u; other calls leave u alone.
 */
export abstract class SpectralLayer extends tf.layers.Layer {
  readonly #seed: number;
  readonly #useBias: boolean;
  #kernel?: tf.LayerVariable;
  #bias?: tf.LayerVariable;
  #u?: tf.LayerVariable;

  constructor({ seed, useBias = true, ...rest }: SpectralOptions) {
    super(rest);
    this.#seed = seed;
    this.#useBias = useBias;
  }

  /** The kernel's shape, outputs last. */
  protected abstract kernelShape(inputChannels: number): number[];

  /** The layer's product of input and kernel, without the bias. */
  protected abstract product(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = this.kernelShape(channelsOf(this.name, singleShape(inputShape)));
    const outputs = shape[shape.length - 1]!;
    const seed = this.#seed;
    this.#kernel = this.addWeight(
      "kernel",
      shape,
      "float32",
      tf.initializers.glorotUniform({ seed }),
    );
    if (this.#useBias)
      this.#bias = this.addWeight("bias", [outputs], "float32", tf.initializers.zeros());
    const normal = tf.initializers.randomNormal({ mean: 0, stddev: 1, seed });
    this.#u = this.addWeight("u", [outputs, 1], "float32", normal, undefined, false);
    this.built = true;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: { readonly training?: boolean },
  ): tf.Tensor {
    return tf.tidy(() => {
      const { weight, u } = spectralNorm(this.#kernel!.read(), this.#u!.read());
      if (kwargs.training === true) this.#u!.write(u);
      const y = this.product(singleTensor(inputs), weight);
      return this.#bias === undefined ? y : tf.add(y, this.#bias.read());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.#seed, useBias: this.#useBias };
  }
}
