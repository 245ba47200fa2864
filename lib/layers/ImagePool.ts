import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import { singleShape, singleTensor, type LayerArguments } from "./layer";
import { streamOf, type FromStream } from "./savedStream";

/** What {@link ImagePool} takes. */
export interface ImagePoolOptions extends LayerArguments {
  /** How many images it keeps, at least 1. Default 50. */
  readonly size?: number;
  /** What is drawn from: which images are exchanged, and for which. Keep it in checkpoints. */
  readonly random: RandomStream;
}

/** What an image needs to be exchanged: numbers and rows as tensors. */
interface Exchange {
  /** [size, 1]: 1 at the image's place. */
  readonly place: tf.Tensor2D;
  /** [1, 1]: 1 where the one that is kept there is given back. */
  readonly givesBack: tf.Tensor2D;
  /** [1, 1]: 1 where the image is kept. */
  readonly keeps: tf.Tensor2D;
}

/** The layer behind `imagePool`; registered, so that models with it can be saved and loaded. */
export class ImagePool extends tf.layers.Layer {
  static readonly className = "GanImagePool";
  readonly #size: number;
  readonly #stream: ReturnType<typeof streamOf>;
  #images?: tf.LayerVariable;
  #filled?: tf.LayerVariable;

  constructor({ size = 50, ...options }: FromStream<ImagePoolOptions>) {
    requireCount("imagePool: size", size);
    super(options);
    this.#size = size;
    this.#stream = streamOf(options, this.name);
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = singleShape(inputShape).slice(1) as number[];
    const zeros = tf.initializers.zeros();
    const add = (name: string, sizes: number[]): tf.LayerVariable =>
      this.addWeight(name, sizes, "float32", zeros, undefined, false);
    this.#images = add("images", [this.#size, ...shape]);
    this.#filled = add("filled", [1, 1]);
    this.built = true;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    { training }: { readonly training?: boolean },
  ): tf.Tensor {
    const images = singleTensor(inputs);
    return training === true ? tf.tidy(() => this.#exchange(images)) : images.clone();
  }

  /** One image after the other: each finds what those before it left. */
  #exchange(images: tf.Tensor): tf.Tensor {
    const [count, ...shape] = images.shape as [number, ...number[]];
    const rows = tf.split<tf.Tensor2D>(tf.reshape(images, [count, -1]), count);
    const draws = tf.split<tf.Tensor2D>(this.#stream.random.uniform([count, 2]), count);
    let kept = tf.reshape<tf.Rank.R2>(this.#images!.read(), [this.#size, -1]); // [size, pixels]
    let filled = this.#filled!.read() as tf.Tensor2D; // [1, 1]
    const given = rows.map((row, i): tf.Tensor => {
      const { place, givesBack, keeps } = this.#decide(filled, draws[i]!);
      const there = tf.matMul(place, kept, true); // [1, pixels]
      const written = tf.mul(place, keeps);
      kept = tf.add(tf.mul(kept, tf.sub(1, written)), tf.mul(written, row));
      filled = tf.minimum(tf.add(filled, 1), this.#size);
      return tf.add(tf.mul(givesBack, there), tf.mul(tf.sub(1, givesBack), row));
    });
    this.#images!.write(tf.reshape(kept, [this.#size, ...shape]));
    this.#filled!.write(filled);
    return tf.reshape(tf.concat(given), images.shape);
  }

  /** @param draw [1, 2] in [0, 1): whether to exchange, and for which. */
  #decide(filled: tf.Tensor2D, draw: tf.Tensor2D): Exchange {
    const [coin, anywhere] = tf.split(draw, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    const isFull = tf.cast(tf.greaterEqual(filled, this.#size), "float32");
    const isHeads = tf.cast(tf.less(coin, 0.5), "float32");
    const givesBack = tf.mul<tf.Tensor2D>(isFull, isHeads);
    const number = tf.add(
      tf.mul(isFull, tf.floor(tf.mul(anywhere, this.#size))),
      tf.mul(tf.sub(1, isFull), filled),
    );
    const places = tf.reshape(tf.range(0, this.#size), [this.#size, 1]);
    return {
      place: tf.cast<tf.Tensor2D>(tf.equal<tf.Tensor2D>(places, number), "float32"),
      givesBack,
      keeps: tf.maximum<tf.Tensor2D>(givesBack, tf.sub(1, isFull)),
    };
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: this.#size, origin: [...this.#stream.origin] };
  }
}
tf.serialization.registerClass(ImagePool);
