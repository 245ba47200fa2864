/** What rounds are summed up by. */

/**
 * @param {number[]} values at least one
 * @returns {{ median: number, min: number, max: number }}
 */
export function summary(values) {
  if (values.length === 0) throw new Error("summary: at least one value is needed.");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}

/**
 * The ratios of two contenders, round by round: what slows the machine for a while slows both.
 * @param {number[]} values
 * @param {number[]} reference from the same rounds, in the same order
 * @returns {{ median: number, min: number, max: number }}
 */
export function pairedRatio(values, reference) {
  if (values.length !== reference.length) {
    throw new Error(
      `pairedRatio: the same rounds are needed, got ${values.length} and ${reference.length}.`,
    );
  }
  return summary(values.map((value, round) => value / reference[round]));
}
