/** An invisible watermark: bits hidden in an image, read back by whoever knows the key. */
import * as tf from "../backend/tf";
import { brightness, sizesOf } from "../detection/images";
import { quantized } from "../detection/perturbations";
import { watermarkCarriers, type WatermarkKey } from "./carriers";

/** Options of {@link embedWatermark}. */
export interface EmbedOptions extends WatermarkKey {
  /** How far each bit's correlation is pushed beyond 0, where black to white is 2; above 0. More survives more, and shows more. Default 0.5. */
  readonly margin?: number;
}

/** Pushes are repeated, because what leaves [-1, 1] is cut off and every pixel is rounded to a byte. */
const PUSHES = 12;

/** How far each image reaches along each carrier: [N, bits]. */
function correlations(images: tf.Tensor4D, carriers: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.reshape(brightness(images), [images.shape[0], -1]), carriers, false, true);
}

function checkPayload(payload: ArrayLike<number>, bits: number): number[] {
  const values = Array.from(payload);
  const bad = values.find((bit) => bit !== 0 && bit !== 1);
  if (values.length !== bits || bad !== undefined) {
    throw new Error(
      `embedWatermark: the payload must be ${bits} bits, each 0 or 1, got ${values.length}${bad === undefined ? "" : ` with ${bad} among them`}.`,
    );
  }
  return values;
}

/**
 * The images with a payload hidden in their brightness, in whole bytes and within [-1, 1], as a PNG holds them.
 *
 * Each bit is the sign of the image's correlation with a secret carrier. Where the sign is wrong or weak, the image is pushed
 * along the carrier, up to `margin` and no further: it is known to the embedder, so it need not be noise to the reader
 * (Malvar and Florêncio, IEEE Trans. Signal Processing 51(4), 2003, take the image's own part away in the same way).
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1], at least 8 pixels a side. Not disposed.
 * @param payload The bits, 0 or 1, the same in every image.
 * @returns The marked images, of the same shape; the caller disposes them.
 * @throws Error when the shape or the payload is another; RangeError when the margin is not above 0, or the image too small.
 */
export function embedWatermark(
  images: tf.Tensor4D,
  payload: ArrayLike<number>,
  { key, bits, margin = 0.5 }: EmbedOptions,
): tf.Tensor4D {
  const { height, width } = sizesOf("embedWatermark", images);
  const wanted = checkPayload(payload, bits).map((bit) => 2 * bit - 1);
  if (!(margin > 0 && Number.isFinite(margin)))
    throw new RangeError(`embedWatermark: margin must be above 0, got ${margin}.`);
  return tf.tidy(() => {
    const carriers = watermarkCarriers(height, width, { key, bits });
    const signs = tf.tensor1d(wanted);
    let marked = quantized(images);
    for (let push = 0; push < PUSHES; push++) {
      const missing = tf.relu(tf.sub(margin, tf.mul(correlations(marked, carriers), signs))); // [N, bits]
      const change = tf.reshape(tf.matMul(tf.mul(missing, signs), carriers), [
        -1,
        height,
        width,
        1,
      ]);
      marked = quantized(tf.add(marked, change)); // the same in every colour
    }
    return marked;
  });
}

/** What is read from images. */
export interface WatermarkReading {
  /** The bits of each image, [N][bits]. In an image without a mark of this key, each is a coin's toss over the keys. */
  readonly bits: readonly (readonly number[])[];
  /** The correlations whose signs they are, [N][bits]. */
  readonly correlations: readonly (readonly number[])[];
}

/**
 * Reads the bits of a key from images, whether there are any or not.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1], of the size in which they were marked. Not disposed.
 * @throws Error when the shape is another; RangeError when the image is too small.
 */
export function readWatermark(images: tf.Tensor4D, key: WatermarkKey): WatermarkReading {
  const { height, width } = sizesOf("readWatermark", images);
  const values = tf.tidy(() =>
    correlations(images, watermarkCarriers(height, width, key)).arraySync(),
  );
  return {
    correlations: values,
    bits: values.map((row) => row.map((value) => (value > 0 ? 1 : 0))),
  };
}
