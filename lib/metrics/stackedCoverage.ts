/** Which modes of stacked digits a generator reaches, as a classifier sees them channel by channel. */
import type * as tf from "../backend/tf";
import { indexOfLargest, readDistributions } from "./distributions";
import { klToUniform } from "./distributions";
import type { Rows } from "./rows";

/** What {@link stackedCoverage} counts. */
export interface StackedCoverage {
  /** How many modes have at least one sample. */
  readonly covered: number;
  /** How many modes there are: K classes in each of c channels make K^c. */
  readonly modes: number;
  /** How many samples each mode has, [K^c]; a mode is its classes read as a number, the first channel its highest digit. */
  readonly counts: readonly number[];
  /** KL(samples || equal shares) in nats, from 0 to log K^c. N samples of all modes alike have about (K^c - 1) / 2 N, if N is large. */
  readonly klToUniform: number;
}

/**
 * Counts the modes of stacked digits that samples cover, by PacGAN's protocol (arXiv 1712.04086, section 4.2): the most probable
 * class in each channel is the mode, and one sample covers it. Whatever a sample looks like, it counts somewhere.
 *
 * @param channels Class probabilities of the samples, one [N, K] for each channel, its rows in the same order. Not disposed.
 * @throws Error when there is no channel, the shapes differ or a row is not a distribution.
 */
export function stackedCoverage(channels: readonly (tf.Tensor2D | Rows)[]): StackedCoverage {
  const rows = channels.map((probabilities) => readDistributions("stackedCoverage", probabilities));
  const shapes = rows.map(({ shape }) => `[${shape.join(", ")}]`);
  const [samples, classes] = rows[0]?.shape ?? [0, 0];
  if (samples === 0 || new Set(shapes).size > 1) {
    throw new Error(
      `stackedCoverage: one set of probabilities [N, K] a channel is wanted, all of one shape, got ${shapes.join(" and ") || "none"}.`,
    );
  }
  const modes = classes ** rows.length;
  const counts = new Array<number>(modes).fill(0);
  for (let i = 0; i < samples; i++) {
    const mode = rows.reduce(
      (number, { data }) => number * classes + indexOfLargest(data, i * classes, classes),
      0,
    );
    counts[mode] = (counts[mode] as number) + 1;
  }
  return {
    covered: counts.filter((count) => count > 0).length,
    modes,
    counts,
    klToUniform: klToUniform(counts),
  };
}
