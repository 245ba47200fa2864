/** How sure a share is that was counted in a few trials. */
import { requireCount } from "../backend/requireCount";

/** A share with its interval. */
export interface BinomialInterval {
  /** Successes over trials, in [0, 1]. */
  readonly share: number;
  /** The ends of the interval, in [0, 1]. */
  readonly low: number;
  readonly high: number;
}

/** The standard normal distribution lies within ± this with the probability 0.95. */
const NORMAL_QUANTILE = 1.959963984540054;

/**
 * Wilson's interval of 95 % for a probability (Wilson, 1927): the probabilities at which the normal approximation of the
 * binomial distribution does not reject what was counted. It stays within [0, 1], and holds up for few trials and shares
 * near 0 or 1, where share ± 2 standard errors does not.
 *
 * @param successes A whole number from 0 to `trials`.
 * @param trials At least 1.
 * @throws RangeError when the counts make no sense.
 */
export function binomialInterval(successes: number, trials: number): BinomialInterval {
  requireCount("binomialInterval: trials", trials);
  requireCount("binomialInterval: successes", successes, 0);
  if (successes > trials) throw new RangeError(`binomialInterval: of ${trials} trials at most ${trials} can be successes, got ${successes}.`);
  const share = successes / trials;
  const shrink = NORMAL_QUANTILE ** 2 / trials;
  const middle = (share + shrink / 2) / (1 + shrink);
  const half = Math.sqrt(shrink * (share * (1 - share) + shrink / 4)) / (1 + shrink);
  // Exact at the ends, where rounding would leave a trace.
  return { share, low: successes === 0 ? 0 : middle - half, high: successes === trials ? 1 : middle + half };
}
