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

/**
 * Where result pixel i lies in a source of another size, by ONNX's names ("Resize", coordinate_transformation_mode):
 * `asymmetric` at i * scale, TensorFlow's old way; `alignCorners` so that the corner pixels of both images lie on one
 * another; `halfPixel` at (i + 0.5) * scale - 0.5, so that the areas of both images do, as in PyTorch and in TensorFlow 2.
 */
export type SamplingGrid = "asymmetric" | "alignCorners" | "halfPixel";

/** @returns The place of a result pixel among the source's, before rounding. */
function placeOf(grid: SamplingGrid, results: number, sources: number): (result: number) => number {
  const scale = sources / results;
  switch (grid) {
    case "asymmetric":
      return (result) => result * scale;
    case "alignCorners":
      return (result) => (results > 1 ? (result * (sources - 1)) / (results - 1) : result * scale);
    case "halfPixel":
      return (result) => (result + 0.5) * scale - 0.5;
    default:
      throw new RangeError(
        `resize: a grid is "asymmetric", "alignCorners" or "halfPixel", got ${JSON.stringify(grid)}.`,
      );
  }
}

/** The rules of TensorFlow's kernel: the pixel before, but the nearest one where corners are aligned. */
function nearest(results: number, sources: number, grid: SamplingGrid): Weights {
  const place = placeOf(grid, results, sources);
  const shift = grid === "asymmetric" ? 0 : 0.5;
  return (result, source) =>
    source === Math.min(Math.floor(place(result) + shift), sources - 1) ? 1 : 0;
}

function linear(results: number, sources: number, grid: SamplingGrid): Weights {
  const place = placeOf(grid, results, sources);
  return (result, source) =>
    Math.max(0, 1 - Math.abs(Math.min(Math.max(place(result), 0), sources - 1) - source));
}

/**
 * Images resized by the nearest pixel, as `tf.image.resizeNearestNeighbor` does, which cannot be differentiated twice and
 * is differentiated wrongly with half-pixel centres. Right at every order.
 *
 * @param x [N, height, width, channels].
 * @returns [N, size[0], size[1], channels]; the caller disposes it.
 * @throws RangeError for an unknown grid.
 */
export function resizeNearest(
  x: tf.Tensor4D,
  size: Size,
  grid: SamplingGrid = "asymmetric",
): tf.Tensor4D {
  return resize(x, size, nearest(size[0], x.shape[1], grid), nearest(size[1], x.shape[2], grid));
}

/**
 * Images resized by bilinear interpolation, as `tf.image.resizeBilinear` does, which cannot be differentiated twice and is
 * differentiated wrongly with half-pixel centres. Right at every order.
 *
 * @param x [N, height, width, channels].
 * @returns [N, size[0], size[1], channels]; the caller disposes it.
 * @throws RangeError for an unknown grid.
 */
export function resizeBilinear(
  x: tf.Tensor4D,
  size: Size,
  grid: SamplingGrid = "asymmetric",
): tf.Tensor4D {
  return resize(x, size, linear(size[0], x.shape[1], grid), linear(size[1], x.shape[2], grid));
}
