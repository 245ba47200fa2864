import type { IntervalEstimate } from "./labelledScores";

/** The normal distribution's quantile at 97.5 %: half the length of an interval of 95 %, in standard deviations. */
export const Z95 = 1.959963984540054;

/**
 * A share and its interval of 95 % (Wilson, JASA 22, 1927), which has a length at 0 and 1 as well.
 *
 * @throws RangeError when the counts are not whole, `count` is below 1, or `successes` is not from 0 to `count`.
 */
export function shareInterval(successes: number, count: number): IntervalEstimate {
  if (!(Number.isInteger(successes) && Number.isInteger(count) && count >= 1 && successes >= 0 && successes <= count)) {
    throw new RangeError(`shareInterval: successes must be from 0 to count, which is at least 1, both whole; got ${successes} of ${count}.`);
  }
  const value = successes / count;
  const shrink = 1 / (1 + Z95 ** 2 / count);
  const centre = shrink * (value + Z95 ** 2 / (2 * count));
  const half = shrink * Z95 * Math.sqrt((value * (1 - value)) / count + Z95 ** 2 / (4 * count ** 2));
  // Rounding may miss the ends of the range by a bit.
  return { value, low: successes === 0 ? 0 : centre - half, high: successes === count ? 1 : centre + half };
}
