/** Spearman's rank correlation. */

/** Ranks from 1; values that are equal share the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + 1 + end) / 2;
  }
  return ranks;
}

function requireUsable(what: string, values: readonly number[]): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new Error(
      `rankCorrelation: ${what} must be finite numbers; number ${bad} is ${String(values[bad])}.`,
    );
  if (values.every((value) => value === values[0])) {
    throw new Error(
      `rankCorrelation: all ${values.length} numbers of ${what} are equal; without an order there is no correlation.`,
    );
  }
}

/**
 * Spearman's rank correlation of paired numbers: Pearson's correlation of their ranks, where equal numbers share the
 * mean of their ranks. 1 says that one always rises with the other, -1 that it always falls, whatever the scale.
 *
 * @param x Finite numbers, at least two of them different.
 * @param y As many, one for each of `x`; the same holds for them.
 * @returns From -1 to 1.
 * @throws Error when the lengths differ, a number is not finite, or all numbers of a list are equal.
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length)
    throw new Error(
      `rankCorrelation: x has ${x.length} numbers and y has ${y.length}; give pairs.`,
    );
  if (x.length < 2)
    throw new Error(`rankCorrelation: at least two pairs are needed, got ${x.length}.`);
  const [ranksX, ranksY] = [["x", x] as const, ["y", y] as const].map(([what, numbers]) => {
    const values = Array.from(numbers);
    requireUsable(what, values);
    return ranksOf(values);
  }) as [number[], number[]];
  const middle = (x.length + 1) / 2; // the mean of any list of ranks
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, rank, i) => sum + (rank - middle) * (b[i]! - middle), 0);
  return product(ranksX, ranksY) / Math.sqrt(product(ranksX, ranksX) * product(ranksY, ranksY));
}
