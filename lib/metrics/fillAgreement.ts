import * as tf from "../backend/tf";
import { requireImagePairs } from "./imagePairs";

/**
 * Whether coloured pictures have their colour in the right places: of the pixels that either picture fills with colour,
 * the share that both do (intersection over union). A pixel is filled where its largest and its smallest channel differ
 * by more than the threshold: ink, paper and greys are not.
 *
 * @param pictures [N, height, width, 3] in [-1, 1]. Not disposed.
 * @param truths Of the same shape and range. Not disposed.
 * @param threshold In (0, 2); 0.2 is a tenth of the range from black to white.
 * @returns One value a pair, from 0 to 1; 1 where neither has any colour.
 * @throws Error when the shapes differ or have not three channels; RangeError for another threshold.
 */
export function fillAgreement(
  pictures: tf.Tensor4D,
  truths: tf.Tensor4D,
  threshold = 0.2,
): number[] {
  requireImagePairs("fillAgreement", pictures, truths, 3);
  if (!(threshold > 0 && threshold < 2))
    throw new RangeError(`fillAgreement: the threshold must be in (0, 2), got ${threshold}.`);
  return tf.tidy(() => {
    const filled = (images: tf.Tensor4D): tf.Tensor =>
      tf.greater(tf.sub(tf.max(images, 3), tf.min(images, 3)), threshold);
    const [made, wanted] = [filled(pictures), filled(truths)];
    const count = (mask: tf.Tensor): Iterable<number> =>
      tf.sum(tf.cast(mask, "int32"), [1, 2]).dataSync();
    const both = [...count(tf.logicalAnd(made, wanted))];
    return [...count(tf.logicalOr(made, wanted))].map((either, i) =>
      either === 0 ? 1 : both[i]! / either,
    );
  });
}
