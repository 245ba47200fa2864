import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";

/**
 * Packs samples for a discriminator that judges m at once (Lin et al., PacGAN, arXiv 1712.04086, section 2.1): pack i holds
 * samples i, N + i, 2 N + i and so on, side by side on the last axis.
 *
 * @param samples [m N, ..., channels]; not disposed.
 * @param size m, the samples of a pack; it divides their number.
 * @returns [N, ..., m channels]; the caller disposes it.
 * @throws RangeError when size is no whole number of at least 1; Error when it does not divide the samples.
 */
export function pack(samples: tf.Tensor, size: number): tf.Tensor {
  requireCount("pack: the size", size);
  if (samples.rank < 2 || samples.shape[0] % size !== 0) {
    throw new Error(
      `pack: samples [m N, ..., channels] with a multiple of ${size} samples are wanted, got [${samples.shape.join(", ")}].`,
    );
  }
  if (size === 1) return samples.clone();
  return tf.tidy(() => tf.concat(tf.split(samples, size, 0), -1));
}
