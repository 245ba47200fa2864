import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, ready, structuralSimilarity, tf } from "gan-lib";
import { runReference, skip } from "./reference";

before(ready);

/** As scikit-image's `structural_similarity` with `gaussian_weights=True, sigma=1.5, use_sample_covariance=False`. */
const REFERENCE = `
from scipy.ndimage import gaussian_filter
def reference(a, b):
    mean = lambda x: gaussian_filter(x, 1.5, truncate=3.5)[5:-5, 5:-5]
    ma, mb = mean(a), mean(b)
    va, vb, cov = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    c1, c2 = (0.01 * 2) ** 2, (0.03 * 2) ** 2
    return float(np.mean((2 * ma * mb + c1) * (2 * cov + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))))`;

test("agrees with SciPy's on noise, on smooth pictures and on their negative", { skip }, () => {
  const random = createRandom(3);
  const noise = tf.tensor2d(random.uniform([17, 20], -1, 1).dataSync() as Float32Array, [17, 20]);
  const smooth = tf.mul<tf.Tensor2D>(
    tf.sin(tf.reshape(tf.linspace(0, 4, 17), [17, 1])),
    tf.cos(tf.linspace(0, 3, 20)),
  );
  const blend = tf.add<tf.Tensor2D>(tf.mul(0.8, smooth), tf.mul(0.2, noise));
  const pairs: [tf.Tensor2D, tf.Tensor2D][] = [
    [noise, smooth],
    [smooth, blend],
    [smooth, tf.neg(smooth)],
  ];
  const rows = (x: tf.Tensor2D) => ({ data: x.dataSync(), shape: x.shape });
  const wanted = runReference<number>(
    REFERENCE,
    pairs.map(([a, b]) => [rows(a), rows(b)]),
  );
  const asImage = (x: tf.Tensor2D) => tf.reshape<tf.Rank.R4>(x, [1, 17, 20, 1]);
  pairs.forEach(([a, b], i) => {
    const [got] = structuralSimilarity(asImage(a), asImage(b));
    assert.ok(Math.abs(got! - wanted[i]!) < 1e-4, `${got} ${wanted[i]}`);
  });
});

test("is 1 for equal images, the mean over channels, and one value a pair", () => {
  const a = createRandom(4).uniform([2, 12, 11, 3], -1, 1) as tf.Tensor4D;
  for (const value of structuralSimilarity(a, a)) assert.ok(Math.abs(value - 1) < 1e-5);
  const b = createRandom(5).uniform([2, 12, 11, 3], -1, 1) as tf.Tensor4D;
  const channel = (x: tf.Tensor4D, c: number) => tf.slice(x, [0, 0, 0, c], [2, 12, 11, 1]);
  const each = [0, 1, 2].map((c) => structuralSimilarity(channel(a, c), channel(b, c)));
  structuralSimilarity(a, b).forEach((value, i) => {
    const mean = (each[0]![i]! + each[1]![i]! + each[2]![i]!) / 3;
    assert.ok(Math.abs(value - mean) < 1e-5);
  });
});

test("refuses other shapes and images that are smaller than the window", () => {
  const images = (...shape: [number, number, number, number]) => tf.zeros<tf.Rank.R4>(shape);
  assert.throws(
    () => structuralSimilarity(images(1, 12, 12, 1), images(1, 12, 12, 3)),
    /got \[1, 12, 12, 1\] and \[1, 12, 12, 3\]/,
  );
  assert.throws(
    () => structuralSimilarity(images(1, 10, 12, 1), images(1, 10, 12, 1)),
    /at least 11 x 11 pixels are wanted, got 10 x 12/,
  );
});
