/** What happens to pictures on their way: compression, blur, scaling, noise, cropping. All take and return [N, H, W, C] in [-1, 1]. */
import * as tf from "../backend/tf";
import { throughJpeg } from "../images/encode";
import type { RandomStream } from "../ops/random";
import { fromPixels, sizesOf, toPixels } from "./images";

/** Cuts values off at -1 and 1. */
function inRange(images: tf.Tensor4D): tf.Tensor4D {
  return tf.clipByValue(images, -1, 1);
}

/** Rounds to the 256 levels of a byte; values beyond [-1, 1] are cut off. The caller disposes the result. */
export function quantized(images: tf.Tensor4D): tf.Tensor4D {
  sizesOf("quantized", images);
  return tf.tidy(() =>
    tf.sub(tf.div(tf.round(tf.mul(tf.add(inRange(images), 1), 127.5)), 127.5), 1),
  );
}

/**
 * Through a JPEG file and back, by libjpeg: each image is encoded and decoded. The caller disposes the result.
 *
 * @param quality libjpeg's, 1 … 100.
 * @throws RangeError for another quality.
 */
export function jpegCompressed(images: tf.Tensor4D, quality: number): tf.Tensor4D {
  const { channels } = sizesOf("jpegCompressed", images);
  const decoded = toPixels("jpegCompressed", images).map((pixels) => throughJpeg(pixels, quality));
  return fromPixels(decoded, channels);
}

/**
 * Blurred by a Gaussian; the border is repeated outwards. The caller disposes the result.
 *
 * @param sigma Its standard deviation in pixels, at least 0; 0 changes nothing.
 * @throws RangeError when sigma is below 0, or so large that the kernel is larger than the image.
 */
export function blurred(images: tf.Tensor4D, sigma: number): tf.Tensor4D {
  const { height, width, channels } = sizesOf("blurred", images);
  const reach = Math.ceil(3 * sigma);
  if (!(sigma >= 0) || reach >= Math.min(height, width)) {
    throw new RangeError(
      `blurred: sigma must be from 0 to less than a third of the image's ${Math.min(height, width)} pixels, got ${sigma}.`,
    );
  }
  if (sigma === 0) return tf.clone(images);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return tf.tidy(() => {
    const line = tf.div(tf.tensor1d(weights), sum);
    const along = (input: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D => {
      const shape: [number, number, number, number] =
        axis === 1 ? [weights.length, 1, 1, 1] : [1, weights.length, 1, 1];
      const kernel: tf.Tensor4D = tf.tile(tf.reshape<tf.Rank.R4>(line, shape), [1, 1, channels, 1]);
      return tf.depthwiseConv2d(repeatedBorder(input, axis, reach), kernel, 1, "valid");
    };
    return along(along(images, 1), 2);
  });
}

/** The first and last row (axis 1) or column (axis 2) repeated outwards. */
function repeatedBorder(images: tf.Tensor4D, axis: 1 | 2, reach: number): tf.Tensor4D {
  const last = images.shape[axis] - 1;
  const places = Array.from({ length: last + 1 + 2 * reach }, (_, i) =>
    Math.min(last, Math.max(0, i - reach)),
  );
  return tf.gather(images, tf.tensor1d(places, "int32"), axis);
}

/**
 * Scaled bilinearly to `factor` times its sides and back. The caller disposes the result.
 *
 * @param factor Above 0, for instance 0.5.
 * @throws RangeError when less than one pixel would be left.
 */
export function resized(images: tf.Tensor4D, factor: number): tf.Tensor4D {
  const { height, width } = sizesOf("resized", images);
  const [h, w] = [Math.round(height * factor), Math.round(width * factor)];
  if (!(h >= 1 && w >= 1))
    throw new RangeError(
      `resized: the factor must leave at least one pixel of ${height} x ${width}, got ${factor}.`,
    );
  return tf.tidy(() => scaled(scaled(images, h, w), height, width));
}

function scaled(images: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  return tf.image.resizeBilinear(images, [height, width], false, true);
}

/**
 * With Gaussian noise on every value, cut off at -1 and 1. The caller disposes the result.
 *
 * @param deviation The noise's standard deviation, where black to white is 2; at least 0.
 * @throws RangeError when it is below 0.
 */
export function noisy(images: tf.Tensor4D, deviation: number, random: RandomStream): tf.Tensor4D {
  sizesOf("noisy", images);
  if (!(deviation >= 0))
    throw new RangeError(`noisy: the deviation must be at least 0, got ${deviation}.`);
  return tf.tidy(() => inRange(tf.add(images, random.normal(images.shape, 0, deviation))));
}

/**
 * Without a border on every side, scaled bilinearly to the old size. The caller disposes the result.
 *
 * @param share Of each side that is cut off in all, in [0, 1).
 * @throws RangeError for another share.
 */
export function cropped(images: tf.Tensor4D, share: number): tf.Tensor4D {
  const { count, height, width, channels } = sizesOf("cropped", images);
  if (!(share >= 0 && share < 1))
    throw new RangeError(`cropped: the share must be from 0 to below 1, got ${share}.`);
  const [h, w] = [
    Math.max(1, Math.round(height * (1 - share))),
    Math.max(1, Math.round(width * (1 - share))),
  ];
  const begin: [number, number, number, number] = [
    0,
    Math.floor((height - h) / 2),
    Math.floor((width - w) / 2),
    0,
  ];
  return tf.tidy(() => scaled(tf.slice(images, begin, [count, h, w, channels]), height, width));
}

/** What all images go through before a detector sees them, real and generated alike. */
export interface Pipeline {
  /** Scaled bilinearly to this side where the images have another; left out: not scaled. */
  readonly side?: number | undefined;
  /** Quality of a JPEG file that they go through, 1 … 100; left out: only rounded to 8 bits, as in a PNG file. */
  readonly quality?: number | undefined;
}

/**
 * Sends images through one size, 8 bits and one codec, so that none of these tells real from generated ones. The caller
 * disposes the result.
 */
export function throughPipeline(images: tf.Tensor4D, { side, quality }: Pipeline): tf.Tensor4D {
  const { height, width } = sizesOf("throughPipeline", images);
  return tf.tidy(() => {
    const fitting =
      side === undefined || (height === side && width === side)
        ? images
        : scaled(images, side, side);
    return quality === undefined ? quantized(fitting) : jpegCompressed(fitting, quality);
  });
}
