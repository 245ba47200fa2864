import { requireCount } from "../backend/requireCount";
import type { RandomStream } from "../ops/random";
import { readScores, type IntervalEstimate, type LabelledScores } from "./labelledScores";

/** Options of {@link bootstrapInterval}. */
export interface BootstrapOptions {
  readonly random: RandomStream;
  /** How often images are drawn anew. Default 500. */
  readonly resamples?: number;
}

/** As many places as there are, drawn with replacement. */
function drawn(places: readonly number[], random: RandomStream): number[] {
  return places.map(() => places[random.integer(places.length)]!);
}

/**
 * A metric of scores with its interval of 95 % by the bootstrap: the middle 95 % of its values on images drawn anew with
 * replacement, each class by itself (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3). A metric at
 * the end of its range, such as a perfect order, has an interval without length.
 *
 * @throws Error when scores and labels do not fit, or a class is missing; RangeError when `resamples` is not at least 1.
 */
export function bootstrapInterval(
  metric: (labelled: LabelledScores) => number,
  labelled: LabelledScores,
  { random, resamples = 500 }: BootstrapOptions,
): IntervalEstimate {
  requireCount("bootstrapInterval: resamples", resamples);
  const { scores, labels } = readScores("bootstrapInterval", labelled);
  const classes = [0, 1].map((label) => [...labels.keys()].filter((i) => labels[i] === label));
  const values = Float64Array.from({ length: resamples }, () => {
    const places = classes.flatMap((members) => drawn(members, random));
    return metric({ scores: places.map((i) => scores[i]!), labels: places.map((i) => labels[i]!) });
  }).sort();
  const quantile = (share: number): number => values[Math.round(share * (resamples - 1))]!;
  return { value: metric({ scores, labels }), low: quantile(0.025), high: quantile(0.975) };
}
