import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  blockDct,
  createRandom,
  powerSpectrum,
  radialSpectrum,
  ready,
  tf,
  type Rows,
} from "gan-lib";
import { runReference, skip } from "../metrics/reference";

before(ready);

const noise = (seed: number, shape: [number, number, number, number]): tf.Tensor4D =>
  createRandom(seed).uniform(shape, -1, 1) as tf.Tensor4D;

/** An image as rows of numbers for numpy: [height, width * channels]. */
const rowsOf = (image: tf.Tensor4D): Rows => ({
  data: Array.from(image.dataSync()),
  shape: [image.shape[1], image.shape[2] * image.shape[3]],
});

const closeTo = (
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
): void => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) =>
    assert.ok(
      Math.abs(actual[i]! - value) <= tolerance * Math.max(1, Math.abs(value)),
      `${i}: ${actual[i]}, expected ${value}`,
    ),
  );
};

/** One grey image of the given function of row and column. */
const picture = (side: number, level: (row: number, column: number) => number): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: side * side }, (_, i) => level(Math.floor(i / side), i % side)),
    [1, side, side, 1],
  );

test("a wave has its energy at its frequency and at minus that, and nowhere else", () => {
  const spectrum = powerSpectrum(picture(16, (row) => Math.cos((2 * Math.PI * 3 * row) / 16)));
  assert.deepEqual(spectrum.shape, [1, 16, 16]);
  const power = spectrum.arraySync()[0]!;
  closeTo([power[8 + 3]![8]!, power[8 - 3]![8]!], [64, 64], 1e-4); // (side² / 2)² / side² each
  assert.ok(Math.abs(power.flat().reduce((sum, one) => sum + one, 0) - 128) < 1e-3); // Parseval: the sum of squared pixels
});

test("averaged over directions it peaks at the wave's distance, and a checkerboard at the corner", () => {
  const peakOf = (image: tf.Tensor4D): number => radialSpectrum(image).argMax(1).dataSync()[0]!;
  assert.equal(
    peakOf(picture(16, (row, column) => Math.cos((2 * Math.PI * (3 * row + 4 * column)) / 16))),
    5,
  );
  assert.equal(peakOf(picture(16, (row, column) => (-1) ** (row + column))), 11); // sqrt(8² + 8²) = 11.3
});

const SPECTRUM = `
def reference(image):
    height = len(image)
    grey = image.reshape(height, -1, 3) @ [0.299, 0.587, 0.114]
    power = np.abs(np.fft.fftshift(np.fft.fft2(grey))) ** 2 / grey.size
    y, x = np.indices(grey.shape)
    r = np.round(np.hypot(y - grey.shape[0] // 2, x - grey.shape[1] // 2)).astype(int)
    rings = [float((10 * np.log10(power + 1e-6))[r == k].mean()) for k in range(r.max() + 1)]
    return [power.ravel().tolist(), rings]
`;

test("colour images agree with numpy's FFT, for even and odd sides", { skip }, () => {
  const images = [noise(1, [1, 28, 28, 3]), noise(2, [1, 15, 15, 3]), noise(3, [1, 64, 64, 3])];
  const wanted = runReference<[number[], number[]]>(
    SPECTRUM,
    images.map((image): [Rows] => [rowsOf(image)]),
  );
  images.forEach((image, i) => {
    closeTo(powerSpectrum(image).dataSync(), wanted[i]![0], 1e-4);
    closeTo(radialSpectrum(image).dataSync(), wanted[i]![1], 1e-3);
  });
});

const COSINES = `
from scipy.fft import dctn
def reference(image):
    image = image.reshape(20, 28, 3)
    blocks = [dctn(image[y:y + 8, x:x + 8], axes=(0, 1), norm="ortho") for y in (0, 8) for x in (0, 8, 16)]
    return np.log(np.mean(np.abs(blocks), 0) + 1e-4).ravel().tolist()
`;

test(
  "the blocks' cosine waves agree with scipy; what does not fill a block is left out",
  { skip },
  () => {
    const image = noise(4, [1, 20, 28, 3]);
    const [wanted] = runReference<number[]>(COSINES, [[rowsOf(image)]]);
    closeTo(blockDct(image).dataSync(), wanted!, 1e-4);
  },
);

test("each image of a batch has its own features", () => {
  const images = noise(5, [3, 16, 16, 1]);
  for (const features of [radialSpectrum, blockDct] as const) {
    const all = features(images);
    const last = features(tf.slice(images, [2, 0, 0, 0], [1, 16, 16, 1]));
    closeTo(tf.slice(all, 2, 1).dataSync(), Array.from(last.dataSync()), 1e-5);
  }
});

test("a constant image has finite features, and what is no image is refused", () => {
  for (const features of [radialSpectrum, blockDct] as const) {
    assert.ok(Array.from(features(tf.ones([1, 16, 16, 3])).dataSync()).every(Number.isFinite));
    assert.throws(
      () => features(tf.ones([1, 16, 16, 2])),
      /\[N, height, width, 1 or 3\] with N >= 1, got \[1, 16, 16, 2\]/,
    );
  }
  assert.throws(
    () => blockDct(tf.ones([1, 6, 16, 1])),
    /block of 8 pixels does not fit into images of 6 x 16/,
  );
});

test("features leave no tensor behind, and the images alone", () => {
  const images = noise(6, [2, 16, 16, 3]);
  const before = tf.memory().numTensors;
  tf.dispose([powerSpectrum(images), radialSpectrum(images), blockDct(images)]);
  assert.equal(tf.memory().numTensors, before);
});
