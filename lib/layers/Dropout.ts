import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import { singleTensor, type LayerArguments } from "./layer";
import { streamOf, type FromStream } from "./savedStream";

/** What {@link dropout} takes. */
export interface DropoutOptions extends LayerArguments {
  /** The share of elements that become 0, in [0, 1). Default 0.5. */
  readonly rate?: number;
  /** Where the masks are drawn from. Keep it in checkpoints: by it a run goes on where it was saved. */
  readonly random: RandomStream;
}

/** The layer behind {@link dropout}; registered, so that models with it can be saved and loaded. */
export class Dropout extends tf.layers.Layer {
  static readonly className = "GanDropout";
  readonly #rate: number;
  readonly #stream: ReturnType<typeof streamOf>;

  constructor({ rate = 0.5, ...options }: FromStream<DropoutOptions>) {
    if (!(rate >= 0 && rate < 1))
      throw new RangeError(`dropout: the rate must be in [0, 1), got ${rate}.`);
    super(options);
    this.supportsMasking = true;
    this.#rate = rate;
    this.#stream = streamOf(options, this.name);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = singleTensor(inputs);
    return tf.tidy(() => {
      const stays = tf.greaterEqual(this.#stream.random.uniform(x.shape), this.#rate);
      return tf.mul(x, tf.div(tf.cast(stays, "float32"), 1 - this.#rate));
    });
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.#rate, origin: [...this.#stream.origin] };
  }
}
tf.serialization.registerClass(Dropout);

/**
 * Dropout (Srivastava et al., JMLR 15, 2014) that stays on when samples are made: the only noise of pix2pix (Isola et al.,
 * arXiv 1611.07004, section 3.2). Each call draws another mask from the stream, also in a compiled step; the elements that
 * stay are divided by 1 - rate. A loaded network draws from streams of its own, which begin anew.
 *
 * @throws RangeError when the rate is outside [0, 1).
 */
export function dropout(options: DropoutOptions): Dropout {
  return new Dropout(options);
}
