import * as tf from "../backend/tf";

/** Height and width. */
type Size = [height: number, width: number];

/** How much each source pixel adds to a result pixel, along one axis. */
type Weights = (result: number, source: number) => number;

/** Resizing is linear along each axis: a product of matrices, which tf.js differentiates rightly at every order. */
function resize(
  x: tf.Tensor4D,
  [height, width]: Size,
  rows: Weights,
  columns: Weights,
): tf.Tensor4D {
  const [count, oldHeight, oldWidth, channels] = x.shape;
  return tf.tidy(() => {
    const lines = tf.reshape(x, [count, oldHeight, oldWidth * channels]);
    const taller = tf.matMul(matrix(height, oldHeight, rows), lines); // [N, height, oldWidth * channels]
    const pixels = tf.reshape(taller, [count * height, oldWidth, channels]);
    const wider = tf.matMul(matrix(width, oldWidth, columns), pixels); // [N * height, width, channels]
    return tf.reshape(wider, [count, height, width, channels]);
  });
}

function matrix(results: number, sources: number, weights: Weights): tf.Tensor2D {
  const values = Float32Array.from({ length: results * sources }, (_, i) =>
    weights(Math.floor(i / sources), i % sources),
  );
  return tf.tensor2d(values, [results, sources]);
}

function nearest(results: number, sources: number): Weights {
  return (result, source) => (source === Math.floor((result * sources) / results) ? 1 : 0);
}

function linear(results: number, sources: number, alignCorners: boolean): Weights {
  const scale = alignCorners && results > 1 ? (sources - 1) / (results - 1) : sources / results;
  return (result, source) =>
    Math.max(0, 1 - Math.abs(Math.min(result * scale, sources - 1) - source));
}

/**
 * Images resized by the nearest pixel above and to the left, as `tf.image.resizeNearestNeighbor` does, which cannot be
 * differentiated twice. Right at every order.
 *
 * @param x [N, height, width, channels].
 * @returns [N, size[0], size[1], channels]; the caller disposes it.
 */
export function resizeNearest(x: tf.Tensor4D, size: Size): tf.Tensor4D {
  return resize(x, size, nearest(size[0], x.shape[1]), nearest(size[1], x.shape[2]));
}

/**
 * Images resized by bilinear interpolation, as `tf.image.resizeBilinear` does, which cannot be differentiated twice.
 * Right at every order. Row i of the result lies at i * height / size[0] in the source.
 *
 * @param x [N, height, width, channels].
 * @param alignCorners Whether the corner pixels of both images lie on one another instead.
 * @returns [N, size[0], size[1], channels]; the caller disposes it.
 */
export function resizeBilinear(x: tf.Tensor4D, size: Size, alignCorners = false): tf.Tensor4D {
  return resize(
    x,
    size,
    linear(size[0], x.shape[1], alignCorners),
    linear(size[1], x.shape[2], alignCorners),
  );
}
