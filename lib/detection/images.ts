/** Tensors of images as pictures of bytes and back, and what every function on images checks. */
import type { Pixels } from "../images/pixels";
import { Matrix } from "ml-matrix";
import * as tf from "../backend/tf";

/** The four sizes of a batch of images. */
export interface BatchSizes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The sizes of a batch of images.
 *
 * @throws Error when it is not [N >= 1, height, width, 1 or 3].
 */
export function sizesOf(caller: string, images: tf.Tensor4D): BatchSizes {
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape as readonly number[];
  if (images.rank !== 4 || count < 1 || (channels !== 1 && channels !== 3)) {
    throw new Error(
      `${caller}: images must have the shape [N, height, width, 1 or 3] with N >= 1, got [${images.shape.join(", ")}].`,
    );
  }
  return { count, height, width, channels };
}

/** The nearest byte to a value in [-1, 1], as a PNG or a camera's file would hold it. */
function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)));
}

/**
 * The images as bytes, grey ones with three equal channels; values beyond [-1, 1] are cut off.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1]. Not disposed.
 * @throws Error when the shape is another, or a value is not finite.
 */
export function toPixels(caller: string, images: tf.Tensor4D): Pixels[] {
  const { count, height, width, channels } = sizesOf(caller, images);
  const data = images.dataSync();
  const length = height * width;
  return Array.from({ length: count }, (_, image): Pixels => {
    const rgba = new Uint8ClampedArray(length * 4).fill(255);
    for (let i = 0; i < length * 3; i++) {
      const [pixel, part] = [Math.floor(i / 3), i % 3];
      const value = data[(image * length + pixel) * channels + (channels === 3 ? part : 0)]!;
      if (!Number.isFinite(value))
        throw new Error(
          `${caller}: the values of images must be finite, got ${value} in image ${image}.`,
        );
      rgba[pixel * 4 + part] = toByte(value);
    }
    return { width, height, rgba };
  });
}

/**
 * Pictures of equal size as one tensor [N, height, width, channels] in [-1, 1], which the caller disposes. What is
 * transparent lets white through. With one channel it is the green one, which equals the others in a grey picture.
 */
export function fromPixels(pictures: readonly Pixels[], channels: number): tf.Tensor4D {
  const [{ width, height }] = pictures as readonly [Pixels];
  const length = height * width;
  const values = new Float32Array(pictures.length * length * channels);
  pictures.forEach(({ rgba }, image) => {
    for (let i = 0; i < length * channels; i++) {
      const [pixel, part] = [Math.floor(i / channels), channels === 3 ? i % 3 : 1];
      const opacity = rgba[pixel * 4 + 3]! / 255;
      values[image * length * channels + i] =
        (opacity * rgba[pixel * 4 + part]! + (1 - opacity) * 255) / 127.5 - 1;
    }
  });
  return tf.tensor4d(values, [pictures.length, height, width, channels]);
}

/** The brightness of images [N, height, width, 1 or 3] as [N, height, width]: ITU-R BT.601's weights, as JPEG has them. */
export function brightness(images: tf.Tensor4D): tf.Tensor3D {
  return tf.tidy(() =>
    images.shape[3] === 1
      ? tf.squeeze(images, [3])
      : tf.sum(tf.mul(images, [0.299, 0.587, 0.114]), 3),
  );
}

/** Images that are looked at together, so that thousands of large ones need little memory. */
const AT_ONCE = 200;

/**
 * What `compute` makes of some images at a time, in their order. Its tensors are disposed, but for those that it returns.
 *
 * @param size Images at a time.
 */
export function inBatches<Result extends tf.TensorContainer>(
  images: tf.Tensor4D,
  compute: (some: tf.Tensor4D) => Result,
  size = AT_ONCE,
): Result[] {
  const count = images.shape[0];
  return Array.from({ length: Math.ceil(count / size) }, (_, i) =>
    tf.tidy(() => compute(tf.slice(images, i * size, Math.min(size, count - i * size)))),
  );
}

/** Features of images as the rows of a matrix, some images at a time. */
export function rowsOf(images: tf.Tensor4D, features: (some: tf.Tensor4D) => tf.Tensor2D): Matrix {
  return new Matrix(inBatches(images, (some) => features(some).arraySync()).flat());
}
