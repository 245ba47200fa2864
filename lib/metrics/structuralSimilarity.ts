import * as tf from "../backend/tf";
import { requireImagePairs } from "./imagePairs";

/** The paper's window: a Gaussian of deviation 1.5, cut off at 11 x 11 pixels. */
const WINDOW = 11;
const DEVIATION = 1.5;
/** From black to white. */
const RANGE = 2;
const C1 = (0.01 * RANGE) ** 2;
const C2 = (0.03 * RANGE) ** 2;

/**
 * How alike pairs of images look: the mean structural similarity (Wang et al., "Image quality assessment", IEEE TIP 13(4),
 * 2004, equation 13), over all places where the window of 11 x 11 pixels lies within the image, and over the channels.
 *
 * @param a [N, height, width, channels] in [-1, 1], at least 11 x 11. Not disposed.
 * @param b Of the same shape and range. Not disposed.
 * @returns One value a pair, from -1 to 1; 1 for equal images.
 * @throws Error when the shapes differ, are not of rank 4 or are smaller than the window.
 */
export function structuralSimilarity(a: tf.Tensor4D, b: tf.Tensor4D): number[] {
  requireImagePairs("structuralSimilarity", a, b);
  const [count, height, width] = a.shape;
  if (Math.min(height, width) < WINDOW)
    throw new Error(
      `structuralSimilarity: images of at least ${WINDOW} x ${WINDOW} pixels are wanted, got ${height} x ${width}.`,
    );
  return tf.tidy(() => {
    const [meanA, meanB] = [localMean(a), localMean(b)];
    const varianceOf = (x: tf.Tensor4D, mean: tf.Tensor): tf.Tensor =>
      tf.sub(localMean(tf.square(x)), tf.square(mean));
    const covariance = tf.sub(localMean(tf.mul(a, b)), tf.mul(meanA, meanB));
    const above = tf.mul(
      tf.add(tf.mul(2, tf.mul(meanA, meanB)), C1),
      tf.add(tf.mul(2, covariance), C2),
    );
    const below = tf.mul(
      tf.add(tf.add(tf.square(meanA), tf.square(meanB)), C1),
      tf.add(tf.add(varianceOf(a, meanA), varianceOf(b, meanB)), C2),
    );
    return [...tf.mean(tf.reshape(tf.div(above, below), [count, -1]), 1).dataSync()];
  });
}

/** The Gaussian mean around each place of each channel, [N channels, height - 10, width - 10, 1]. */
function localMean(x: tf.Tensor4D): tf.Tensor4D {
  const [count, height, width, channels] = x.shape;
  const planes = tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [count * channels, height, width, 1]);
  const weights = Array.from({ length: WINDOW }, (_, i) =>
    Math.exp(-((i - (WINDOW - 1) / 2) ** 2) / (2 * DEVIATION ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const kernel = tf.tensor1d(weights.map((weight) => weight / sum));
  const rows = tf.conv2d(planes as tf.Tensor4D, tf.reshape(kernel, [WINDOW, 1, 1, 1]), 1, "valid");
  return tf.conv2d(rows, tf.reshape(kernel, [1, WINDOW, 1, 1]), 1, "valid");
}
