import * as tf from "../backend/tf";

/** The variance of the values of each row of [N, n], as a tensor [N]. */
function rowVariance(rows: tf.Tensor): tf.Tensor {
  return tf.moments(rows, 1).variance;
}

/**
 * How much of the images' variance is a pattern that repeats every two pixels: the energy at the three frequencies
 * (π, 0), (0, π) and (π, π) of their Fourier transform, divided by that at all frequencies but (0, 0). Transposed
 * convolutions of stride 2 leave such patterns (Odena et al., Distill 2016, doi 10.23915/distill.00003).
 *
 * The sum over a transform at these three frequencies needs no transform: it is the variance of the four means over
 * pixels in even or odd rows and even or odd columns.
 *
 * @param images [N, height, width, channels] with even height and width. Not disposed.
 * @returns The share, pooled over images and channels, in [0, 1].
 * @throws Error when height or width is odd; or when all images are constant, so that there is nothing to share.
 */
export function checkerboardShare(images: tf.Tensor4D): number {
  const [count, height, width, channels] = images.shape;
  if (height % 2 !== 0 || width % 2 !== 0) {
    throw new Error(
      `checkerboardShare: height and width must be even, got ${height} x ${width}. Crop the images by one row or column.`,
    );
  }
  const sums = tf.tidy(() => {
    const planes = tf.reshape(tf.transpose(images, [0, 3, 1, 2]), [
      count * channels,
      height / 2,
      2,
      width / 2,
      2,
    ]);
    const phases = tf.reshape(tf.mean(planes, [1, 3]), [count * channels, 4]); // [N C, 4]
    const pixels = tf.reshape(planes, [count * channels, height * width]);
    return tf.stack([tf.sum(rowVariance(phases)), tf.sum(rowVariance(pixels))]) as tf.Tensor1D;
  });
  const [periodic, total] = sums.arraySync() as [number, number];
  sums.dispose();
  if (total === 0)
    throw new Error(
      "checkerboardShare: every image is constant; there is no variance to take a share of.",
    );
  return periodic / total;
}
