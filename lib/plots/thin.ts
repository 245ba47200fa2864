import type { Numbers } from "./numbers";

/** The most points that a chart draws of one series. */
export const MAX_POINTS = 400;

/** The indices of one bucket that a reader would miss: its lowest and highest value, and its first gap. */
function keepOfBucket(values: Numbers, start: number, end: number): number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      if (gap < 0) gap = i;
      continue;
    }
    if (low < 0 || value < values[low]!) low = i;
    if (high < 0 || value > values[high]!) high = i;
  }
  return [low, high, gap].filter((index) => index >= 0);
}

/**
 * Chooses which points of a long series to draw: in each of equally long stretches the lowest and the highest value
 * and one gap (a value that is not finite), and always the first and the last point. The same series gives the same points.
 *
 * @param limit The most points to keep, at least 5.
 * @returns Indices in rising order; all of them where the series is short enough.
 */
export function thin(values: Numbers, limit: number = MAX_POINTS): number[] {
  const { length } = values;
  if (length <= limit) return Array.from({ length }, (_, index) => index);
  const buckets = Math.floor((limit - 2) / 3);
  const kept = new Set([0, length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets);
    const end = Math.floor(((bucket + 1) * length) / buckets);
    for (const index of keepOfBucket(values, start, end)) kept.add(index);
  }
  return [...kept].sort((a, b) => a - b);
}
