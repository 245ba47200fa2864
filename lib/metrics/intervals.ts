/** How sure a mean or a share is that a few trials gave. */
import { requireCount } from "../backend/require";

/** A value with its interval of 95 %. */
export interface IntervalEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of some values, and its standard error: the sample standard deviation divided by √N, NaN below two values. */
export function meanWithError(values: readonly number[]): { mean: number; standardError: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}

/** The standard normal distribution lies within ± this with the probability 0.95. */
export const Z95 = 1.959963984540054;

/**
 * A share with Wilson's interval of 95 % (Wilson, 1927): the probabilities at which the normal approximation of the binomial
 * distribution does not reject what was counted. It stays within [0, 1], and holds up for few trials and shares near 0 or 1, where
 * share ± 2 standard errors does not.
 *
 * @param successes A whole number from 0 to `trials`.
 * @param trials At least 1.
 * @throws RangeError when the counts make no sense.
 */
export function shareInterval(successes: number, trials: number): IntervalEstimate {
  requireCount("shareInterval: trials", trials);
  requireCount("shareInterval: successes", successes, 0);
  if (successes > trials)
    throw new RangeError(
      `shareInterval: of ${trials} trials at most ${trials} can be successes, got ${successes}.`,
    );
  const value = successes / trials;
  const shrink = Z95 ** 2 / trials;
  const middle = (value + shrink / 2) / (1 + shrink);
  const half = Math.sqrt(shrink * (value * (1 - value) + shrink / 4)) / (1 + shrink);
  // Exact at the ends, where rounding would leave a trace.
  return {
    value,
    low: successes === 0 ? 0 : middle - half,
    high: successes === trials ? 1 : middle + half,
  };
}
