/** Mixtures of Gaussians in the plane: toys on which every mode can be counted. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import { drawnBatches, type DrawnBatches } from "./batches";

/** Equally likely round Gaussians in the plane. */
export interface GaussianMixture {
  /** For a person: "ring of 8 Gaussians". */
  readonly name: string;
  /** The means, [K, 2]. */
  readonly centres: readonly (readonly [x: number, y: number])[];
  /** The standard deviation of each Gaussian in x and in y, at least 0. */
  readonly sigma: number;
}

/** Points as `trainSteps` takes them; whoever takes a batch disposes it. */
export interface PointBatch {
  /** [batchSize, 2] */
  readonly images: tf.Tensor2D;
}

/**
 * Gaussians on a circle, at the angles 2 pi i / modes (PacGAN, arXiv 1712.04086, section 4.1: 8 modes, radius 1, sigma 0.01).
 *
 * @throws RangeError when `modes` is not a whole number of at least 1.
 */
export function gaussianRing({
  modes = 8,
  radius = 1,
  sigma = 0.01,
}: { modes?: number; radius?: number; sigma?: number } = {}): GaussianMixture {
  requireCount("gaussianRing: modes", modes);
  const angles = Array.from({ length: modes }, (_, i) => (2 * Math.PI * i) / modes);
  const centres = angles.map(
    (angle) => [radius * Math.cos(angle), radius * Math.sin(angle)] as const,
  );
  return { name: `ring of ${modes} Gaussians`, centres, sigma };
}

/**
 * Gaussians on a square grid around the origin (PacGAN, arXiv 1712.04086, section 4.1: side 5, spacing 2, sigma 0.05).
 *
 * @param options `side` is the number of modes along each side.
 * @throws RangeError when `side` is not a whole number of at least 1.
 */
export function gaussianGrid({
  side = 5,
  spacing = 2,
  sigma = 0.05,
}: { side?: number; spacing?: number; sigma?: number } = {}): GaussianMixture {
  requireCount("gaussianGrid: side", side);
  const places = Array.from({ length: side }, (_, i) => (i - (side - 1) / 2) * spacing);
  return {
    name: `grid of ${side * side} Gaussians`,
    centres: places.flatMap((x) => places.map((y) => [x, y] as const)),
    sigma,
  };
}

/**
 * Samples of a mixture, [count, 2]. The caller disposes them.
 *
 * @param count How many, at least 1.
 */
export function sampleMixture(
  { centres, sigma }: GaussianMixture,
  count: number,
  random: RandomStream,
): tf.Tensor2D {
  requireCount("sampleMixture: count", count);
  return tf.tidy(() => {
    const chosen = random.uniform([count], 0, centres.length);
    const index = tf.minimum(tf.floor(chosen), centres.length - 1); // a float32 close below the end rounds up to it
    const means = tf.gather(
      tf.tensor2d(centres.map((centre) => [...centre])),
      tf.cast(index, "int32"),
    );
    return tf.add<tf.Tensor2D>(means, random.normal([count, 2], 0, sigma));
  });
}

/**
 * Endless batches of a mixture for `trainSteps`, every point a fresh one; the same stream gives the same points.
 *
 * @param options `batchSize` is the number of points a batch, at least 1.
 */
export function mixtureBatches(
  mixture: GaussianMixture,
  { batchSize, random }: { readonly batchSize: number; readonly random: RandomStream },
): DrawnBatches<PointBatch> {
  return drawnBatches(random, () => ({ images: sampleMixture(mixture, batchSize, random) }));
}
