import assert from "node:assert/strict";
import { before, test } from "node:test";
import { checkerboardShare, createRandom, ready, tf } from "gan-lib";

before(ready);

/** One grey image [1, height, width, 1] of the given function of row and column. */
const picture = (
  height: number,
  width: number,
  level: (row: number, column: number) => number,
): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: height * width }, (_, i) =>
      level(Math.floor(i / width), i % width),
    ),
    [1, height, width, 1],
  );

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-5, `${actual}, expected ${expected}`);

test("a checkerboard, stripes across and stripes down are all of it; stripes of period four are none", () => {
  near(checkerboardShare(picture(6, 8, (row, column) => (row + column) % 2)), 1);
  near(checkerboardShare(picture(6, 8, (row) => 5 - 3 * (row % 2))), 1);
  near(checkerboardShare(picture(6, 8, (_row, column) => column % 2)), 1);
  near(checkerboardShare(picture(6, 8, (_row, column) => Math.floor(column / 2) % 2)), 0);
});

test("energies add: a checkerboard of amplitude 1 on a wave of amplitude 2 has a third", () => {
  // Variances: 1 of the checkerboard, 2^2 / 2 of the cosine.
  const mixed = picture(
    8,
    8,
    (row, column) => (-1) ** (row + column) + 2 * Math.cos((2 * Math.PI * column) / 8),
  );
  near(checkerboardShare(mixed), 1 / 3);
});

/** The energy of a small image at the frequencies of period two, relative to all but (0, 0), by the sum that defines the transform. */
function byFourier(values: Float32Array, side: number): number {
  const energy = (u: number, v: number): number => {
    let [re, im] = [0, 0];
    values.forEach((value, i) => {
      const angle = (2 * Math.PI * (u * Math.floor(i / side) + v * (i % side))) / side;
      re += value * Math.cos(angle);
      im -= value * Math.sin(angle);
    });
    return re ** 2 + im ** 2;
  };
  const all = Array.from({ length: side * side }, (_, i) => energy(Math.floor(i / side), i % side));
  const nyquist = side / 2;
  const periodic = energy(nyquist, 0) + energy(0, nyquist) + energy(nyquist, nyquist);
  return periodic / all.slice(1).reduce((sum, one) => sum + one, 0);
}

test("of noise it is what the Fourier transform says", () => {
  const noise = createRandom(1).normal([1, 6, 6, 1]) as tf.Tensor4D;
  near(checkerboardShare(noise), byFourier(Float32Array.from(noise.dataSync()), 6));
});

test("images and channels are pooled: each counts by its variance", () => {
  const board = picture(4, 4, (row, column) => (-1) ** (row + column)); // variance 1
  const wave = picture(4, 4, (_row, column) => 3 * (-1) ** Math.floor(column / 2)); // variance 9
  near(checkerboardShare(tf.concat([board, wave])), 0.1);
  near(checkerboardShare(tf.concat([board, wave], 3)), 0.1);
});

test("odd sides and constant images are refused", () => {
  assert.throws(() => checkerboardShare(tf.zeros([1, 4, 5, 1])), /even, got 4 x 5/);
  assert.throws(() => checkerboardShare(tf.ones([2, 4, 4, 1])), /constant/);
});

test("leaves no tensor behind, and the images alone", () => {
  const images = createRandom(2).normal([2, 4, 4, 3]) as tf.Tensor4D;
  const before = tf.memory().numTensors;
  checkerboardShare(images);
  assert.equal(tf.memory().numTensors, before);
  assert.equal(images.isDisposed, false);
});
