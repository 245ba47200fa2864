/** Distances between samples, for the metrics that look at neighbours. */
import type { CheckedRows } from "./rows";

/** Squared Euclidean distances from row i of a to every row of b, written into `into` [M]. Summed directly: equal rows are at 0. */
export function squaredDistancesFrom(
  a: CheckedRows,
  i: number,
  b: CheckedRows,
  into: Float64Array,
): Float64Array {
  const [count, dimensions] = b.shape;
  const start = i * dimensions;
  for (let j = 0; j < count; j++) {
    let sum = 0;
    for (let d = 0, at = j * dimensions; d < dimensions; d++, at++) {
      const gap = (a.data[start + d] as number) - (b.data[at] as number);
      sum += gap * gap;
    }
    into[j] = sum;
  }
  return into;
}

/**
 * Each sample's squared distance to its k-th nearest other sample of the same set, [N].
 *
 * @throws RangeError when k is not a whole number from 1 to N - 1.
 */
export function squaredNeighbourRadii(
  caller: string,
  what: string,
  rows: CheckedRows,
  k: number,
): Float64Array {
  const [count] = rows.shape;
  if (!Number.isInteger(k) || k < 1 || k > count - 1) {
    throw new RangeError(
      `${caller}: k must be a whole number from 1 to ${count - 1}, as ${what} has ${count} samples, got ${k}.`,
    );
  }
  const distances = new Float64Array(count);
  return Float64Array.from({ length: count }, (_, i) => {
    squaredDistancesFrom(rows, i, rows, distances);
    return distances.sort()[k] as number; // itself comes first, at 0
  });
}
