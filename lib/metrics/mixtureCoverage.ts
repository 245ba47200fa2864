/** Which modes of a known mixture a generator reaches, and how precisely. */
import type * as tf from "../backend/tf";
import { klToUniform } from "./distributions";
import { readRows, type CheckedRows, type Rows } from "./rows";

/** What {@link mixtureCoverage} counts. */
export interface MixtureCoverage {
  /** How many modes have at least one sample of high quality. */
  readonly covered: number;
  /** How many modes there are, K. */
  readonly modes: number;
  /** The share of all samples within three standard deviations of the nearest mean, in [0, 1]; 1 - e^-4.5 = 0.9889 for the mixture itself. */
  readonly highQuality: number;
  /** How many samples of high quality each mode has, [K]. */
  readonly counts: readonly number[];
  /** KL(samples of high quality || equal shares) in nats, from 0 to log K; NaN without a sample of high quality. */
  readonly reverseKl: number;
}

/** Samples further from the nearest mean than so many standard deviations are of low quality. */
const DEVIATIONS = 3;

/**
 * Counts the modes of a mixture of round Gaussians that samples cover, by PacGAN's protocol (arXiv 1712.04086, section 4.1): a sample
 * is of high quality within three standard deviations of the nearest mean, and one such sample covers a mode.
 *
 * @param samples [N, 2]. Not disposed.
 * @param mixture The means [K, 2] and the standard deviation above 0, such as `gaussianRing()`.
 * @throws Error when the samples have another dimension or are not finite; RangeError when sigma is not above 0.
 */
export function mixtureCoverage(
  samples: tf.Tensor2D | Rows,
  {
    centres,
    sigma,
  }: { readonly centres: readonly (readonly [number, number])[]; readonly sigma: number },
): MixtureCoverage {
  const rows = readRows("mixtureCoverage", "samples", samples);
  if (rows.shape[1] !== 2)
    throw new Error(
      `mixtureCoverage: samples must be points in the plane, [N, 2], got [${rows.shape.join(", ")}].`,
    );
  if (!(sigma > 0)) throw new RangeError(`mixtureCoverage: sigma must be above 0, got ${sigma}.`);
  const counts = new Array<number>(centres.length).fill(0);
  for (let i = 0; i < rows.shape[0]; i++) {
    const { mode, distance } = nearest(rows, i, centres);
    if (distance <= DEVIATIONS * sigma) counts[mode] = (counts[mode] as number) + 1;
  }
  const good = counts.reduce((sum, count) => sum + count, 0);
  return {
    covered: counts.filter((count) => count > 0).length,
    modes: centres.length,
    highQuality: good / rows.shape[0],
    counts,
    reverseKl: good > 0 ? klToUniform(counts) : NaN,
  };
}

function nearest(
  { data }: CheckedRows,
  i: number,
  centres: readonly (readonly [number, number])[],
): { mode: number; distance: number } {
  const distances = centres.map(([x, y]) =>
    Math.hypot((data[2 * i] as number) - x, (data[2 * i + 1] as number) - y),
  );
  const distance = Math.min(...distances);
  return { mode: distances.indexOf(distance), distance };
}
