/** Training images as they may look after some handling, after Wang et al., arXiv 1912.11035, section 3.2. */
import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import { inBatches, sizesOf } from "./images";
import { blurred, jpegCompressed, quantized } from "./perturbations";

/** Images that share one blur and one quality: enough draws for training, and few calls. */
const GROUP = 20;
const PROBABILITY = 0.5;
const LARGEST_SIGMA = 1.5;
const QUALITY = { lowest: 30, count: 71 } as const;

/**
 * Copies of images, each blurred with probability 0.5 and sent through JPEG with probability 0.5: sigma uniform in [0, 1.5]
 * pixels, quality uniform in {30, …, 100}. Rounded to 8 bits at the end. The caller disposes the result.
 *
 * Deviations from the paper: it blurs up to a sigma of 3, in images of 224 pixels; 20 images in a row share their draws.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1], of at least 16 pixels a side. Not disposed.
 * @throws Error when the shape is another; RangeError when the images are too small for the blur.
 */
export function blurAndJpegCopies(images: tf.Tensor4D, random: RandomStream): tf.Tensor4D {
  sizesOf("blurAndJpegCopies", images);
  const changed = (some: tf.Tensor4D): tf.Tensor4D => {
    const soft = random.next() < PROBABILITY ? blurred(some, LARGEST_SIGMA * random.next()) : some;
    return random.next() < PROBABILITY
      ? jpegCompressed(soft, QUALITY.lowest + random.integer(QUALITY.count))
      : soft;
  };
  return tf.tidy(() => quantized(tf.concat(inBatches(images, changed, GROUP))));
}
