/** Moving averages: what a long noisy series shows once its noise is pale. */
import type { Numbers } from "./numbers";
import { MAX_POINTS } from "./thin";

/** Series of so many points are drawn smoothed, where that is asked for. */
export const SMOOTH_FROM = 100;

/** One part in so many of a series is averaged over. */
const SHARE = 40;

/** How many values, an odd number, a series of a length is averaged over. */
export function windowOf(length: number): number {
  return 2 * Math.floor(length / SHARE / 2) + 3;
}

/** The mean of the finite values from one index to another. */
function meanOf(values: Numbers, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i <= to; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** Where a smoothed series is drawn, and its values there. */
export interface Smoothed {
  /** Indices in rising order, at even steps; the first and the last are among them. */
  readonly indices: readonly number[];
  /** A value that is not finite stays a gap. */
  readonly means: readonly number[];
}

/**
 * The mean of the values around each place that is drawn, half the window to either side, as far as the series goes. Values that
 * are not finite are left out of the means.
 *
 * @param window How many values, an odd number.
 */
export function smoothed(values: Numbers, window: number): Smoothed {
  const last = values.length - 1;
  const count = Math.min(values.length, MAX_POINTS);
  const indices = Array.from({ length: count }, (_, i) =>
    Math.round((i * last) / Math.max(1, count - 1)),
  );
  const reach = (window - 1) / 2;
  const means = indices.map((i) =>
    Number.isFinite(values[i])
      ? meanOf(values, Math.max(0, i - reach), Math.min(last, i + reach))
      : NaN,
  );
  return { indices, means };
}
