import * as tf from "../backend/tf";
import { requireImagePairs } from "./imagePairs";

/** The range of images, from black to white. */
const PEAK = 2;

/**
 * The peak signal-to-noise ratio of each changed image in decibels: 10 log10 (peak² / mean squared error), the peak being 2,
 * from black to white. The larger, the less was changed; Infinity where nothing was.
 *
 * @param originals [N, height, width, channels] in [-1, 1]. Not disposed.
 * @param changed Of the same shape and range. Not disposed.
 * @returns One value an image.
 * @throws Error when the shapes differ or are not of rank 4.
 */
export function peakSignalToNoise(originals: tf.Tensor4D, changed: tf.Tensor4D): number[] {
  requireImagePairs("peakSignalToNoise", originals, changed);
  const errors = tf.tidy(() =>
    tf.mean(tf.squaredDifference(originals, changed), [1, 2, 3]).dataSync(),
  );
  return Array.from(errors, (error) => 10 * Math.log10(PEAK ** 2 / error));
}
