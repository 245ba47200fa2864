/** How the energy of images is spread over frequencies (Durall et al., arXiv 1911.00686). */
import * as tf from "../backend/tf";
import { brightness, sizesOf } from "./images";

/** What is added to a power, in squared units of a pixel, before its logarithm: far below the rounding to 8 bits. */
const FLOOR = 1e-6;

/**
 * The two matrices of the discrete Fourier transform, cos and -sin of 2π k x / size, the frequency 0 in row floor(size / 2).
 * Small images are transformed as a product of matrices, which every backend has and every backend is fast at.
 */
function fourierMatrices(size: number): [real: tf.Tensor2D, imaginary: tf.Tensor2D] {
  const entry =
    (wave: (angle: number) => number) =>
    (_: unknown, i: number): number => {
      const frequency = Math.floor(i / size) - Math.floor(size / 2);
      return wave((2 * Math.PI * ((((frequency * (i % size)) % size) + size) % size)) / size);
    };
  const matrix = (wave: (angle: number) => number): tf.Tensor2D =>
    tf.tensor2d(Float32Array.from({ length: size * size }, entry(wave)), [size, size]);
  return [matrix(Math.cos), matrix((angle) => -Math.sin(angle))];
}

/** The product of a matrix [K, H] with each of the images [N, H, W]: [N, K, W]. */
function fromLeft(matrix: tf.Tensor2D, images: tf.Tensor3D): tf.Tensor3D {
  const [count, height, width] = images.shape;
  const columns = tf.reshape(tf.transpose(images, [1, 0, 2]), [height, count * width]);
  return tf.transpose(
    tf.reshape(tf.matMul(matrix, columns), [matrix.shape[0], count, width]),
    [1, 0, 2],
  );
}

/** The product of each of the images [N, H, W] with the transpose of a matrix [K, W]: [N, H, K]. */
function fromRight(images: tf.Tensor3D, matrix: tf.Tensor2D): tf.Tensor3D {
  const [count, height, width] = images.shape;
  const rows = tf.reshape(images, [count * height, width]);
  return tf.reshape(tf.matMul(rows, matrix, false, true), [count, height, matrix.shape[0]]);
}

/**
 * The power spectrum of each image's brightness: |F|² / (height width), the energy at each frequency.
 *
 * @param images [N, height, width, 1 or 3]. Not disposed.
 * @returns [N, height, width], frequency 0 at [floor(height / 2), floor(width / 2)]; the caller disposes it.
 * @throws Error when the shape is another.
 */
export function powerSpectrum(images: tf.Tensor4D): tf.Tensor3D {
  const { height, width } = sizesOf("powerSpectrum", images);
  return tf.tidy(() => {
    const grey = brightness(images);
    const [cosH, sinH] = fourierMatrices(height);
    const [cosW, sinW] = fourierMatrices(width);
    const [c, s] = [fromLeft(cosH, grey), fromLeft(sinH, grey)];
    const real = tf.sub(fromRight(c, cosW), fromRight(s, sinW));
    const imaginary = tf.add(fromRight(c, sinW), fromRight(s, cosW));
    return tf.div(tf.add(tf.square(real), tf.square(imaginary)), height * width);
  });
}

/** The matrix [height * width, radii] that averages over the frequencies of equal (rounded) distance from frequency 0. */
function ringMatrix(height: number, width: number): tf.Tensor2D {
  const [middleY, middleX] = [Math.floor(height / 2), Math.floor(width / 2)];
  const ringOf = (i: number): number =>
    Math.round(Math.hypot(Math.floor(i / width) - middleY, (i % width) - middleX));
  const rings = Array.from({ length: height * width }, (_, i) => ringOf(i));
  const radii = rings.reduce((most, ring) => Math.max(most, ring), 0) + 1;
  const counts = new Float32Array(radii);
  for (const ring of rings) counts[ring]! += 1;
  const values = new Float32Array(height * width * radii);
  rings.forEach((ring, i) => (values[i * radii + ring] = 1 / counts[ring]!));
  return tf.tensor2d(values, [height * width, radii]);
}

/**
 * The azimuthally averaged power spectrum in decibels: the mean of 10 log10 of the power over all directions, for each
 * distance from frequency 0 in cycles an image, out to the corner.
 *
 * Deviation from the paper, which divides the curve by its first value: here it is subtracted where a detector wants it, so
 * that a change of contrast moves a curve and does not stretch it.
 *
 * @param images [N, side, side, 1 or 3]; sides may differ by a pixel or so, frequencies are then counted a little askew. Not disposed.
 * @returns [N, radii], the radius 0 first; the caller disposes it.
 * @throws Error when the shape is another.
 */
export function radialSpectrum(images: tf.Tensor4D): tf.Tensor2D {
  const { count, height, width } = sizesOf("radialSpectrum", images);
  return tf.tidy(() => {
    const decibels = tf.mul(10 / Math.LN10, tf.log(tf.add(powerSpectrum(images), FLOOR)));
    return tf.matMul(tf.reshape(decibels, [count, height * width]), ringMatrix(height, width));
  });
}
