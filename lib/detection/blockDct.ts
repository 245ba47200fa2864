/** The cosine transform of blocks, as JPEG has it, as features of an image. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { sizesOf } from "./images";

/** What is added to a mean magnitude before its logarithm, in units of a pixel. */
const FLOOR = 1e-4;

/** The orthonormal matrix of the cosine transform of type II (Ahmed et al., IEEE Trans. Computers C-23, 1974): row k is the wave k. */
export function dctMatrix(size: number): tf.Tensor2D {
  const entry = (i: number): number => {
    const [k, x] = [Math.floor(i / size), i % size];
    return Math.sqrt((k === 0 ? 1 : 2) / size) * Math.cos((Math.PI * k * (2 * x + 1)) / (2 * size));
  };
  return tf.tensor2d(
    Float32Array.from({ length: size * size }, (_, i) => entry(i)),
    [size, size],
  );
}

/** Blocks [N * rows * columns * channels, size, size] of images; what does not fill a block at the right and the bottom is left out. */
function blocksOf(images: tf.Tensor4D, size: number): tf.Tensor3D {
  const [count, height, width, channels] = images.shape;
  const [rows, columns] = [Math.floor(height / size), Math.floor(width / size)];
  const whole = tf.slice(images, [0, 0, 0, 0], [count, rows * size, columns * size, channels]);
  const cut = tf.reshape(whole, [count * rows, size, columns, size * channels]);
  const apart = tf.reshape(tf.transpose(cut, [0, 2, 1, 3]), [
    count * rows * columns,
    size,
    size,
    channels,
  ]);
  return tf.reshape(tf.transpose(apart, [0, 3, 1, 2]), [
    count * rows * columns * channels,
    size,
    size,
  ]);
}

/**
 * The logarithm of the mean magnitude of each cosine wave over the blocks of an image, for each channel by itself.
 *
 * Frank et al. (arXiv 2003.08685) take the cosine transform of the whole image, a feature for each pixel. Averaged over blocks
 * there are few features, so that a few hundred images are enough. A block as large as the image gives the paper's.
 *
 * @param images [N, height, width, 1 or 3]. Not disposed.
 * @param blockSize Pixels a side of a block. Default 8, JPEG's.
 * @returns [N, blockSize² channels], the channel last; the caller disposes it.
 * @throws Error when the shape is another; RangeError when no block fits into an image.
 */
export function blockDct(
  images: tf.Tensor4D,
  { blockSize = 8 }: { readonly blockSize?: number } = {},
): tf.Tensor2D {
  const { count, height, width, channels } = sizesOf("blockDct", images);
  requireCount("blockDct: blockSize", blockSize);
  if (blockSize > Math.min(height, width))
    throw new RangeError(
      `blockDct: a block of ${blockSize} pixels does not fit into images of ${height} x ${width}.`,
    );
  return tf.tidy(() => {
    const blocks = blocksOf(images, blockSize);
    const matrix = dctMatrix(blockSize);
    const rows = tf.matMul(tf.reshape(blocks, [-1, blockSize]), matrix, false, true); // along each row of a block
    const turned = tf.transpose(tf.reshape(rows, [-1, blockSize, blockSize]), [0, 2, 1]);
    const waves = tf.transpose(
      tf.reshape(tf.matMul(tf.reshape(turned, [-1, blockSize]), matrix, false, true), [
        -1,
        blockSize,
        blockSize,
      ]),
      [0, 2, 1],
    );
    const magnitudes = tf.mean(
      tf.abs(tf.reshape(waves, [count, -1, channels, blockSize * blockSize])),
      1,
    ); // [N, channels, waves]
    return tf.reshape(tf.transpose(tf.log(tf.add(magnitudes, FLOOR)), [0, 2, 1]), [
      count,
      blockSize * blockSize * channels,
    ]);
  });
}
