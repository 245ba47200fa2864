import {
  readScores,
  type CheckedScores,
  type IntervalEstimate,
  type LabelledScores,
} from "./labelledScores";
import { countsFromHighest } from "./rocCurve";
import { Z95 } from "./shareInterval";

/** Halvings of an interval in [0, 1]: to the last bits of a number. */
const HALVINGS = 60;

/** The share of pairs of both classes that the scores put in order; a tie counts half (Mann and Whitney, 1947). */
function orderedShare(set: CheckedScores): number {
  let [area, below, left] = [0, 0, 0];
  for (const { truePositives, falsePositives } of countsFromHighest(set)) {
    area += ((falsePositives - left) * (truePositives + below)) / 2;
    [below, left] = [truePositives, falsePositives];
  }
  return area / (set.positives * set.negatives);
}

/** Hanley and McNeil's variance of the area (Radiology 143, 1982, equations 1 and 2), were `area` the true one. */
function varianceAt(area: number, { positives, negatives }: CheckedScores): number {
  const q1 = area / (2 - area) - area ** 2;
  const q2 = (2 * area ** 2) / (1 + area) - area ** 2;
  return (
    (area * (1 - area) + (positives - 1) * q1 + (negatives - 1) * q2) / (positives * negatives)
  );
}

/** The area farthest from the measured one, towards `end`, from which the measured one is still 1.96 standard deviations. */
function bound(measured: number, end: 0 | 1, set: CheckedScores): number {
  let [inside, outside]: [number, number] = [measured, end];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (inside + outside) / 2;
    if ((measured - middle) ** 2 <= Z95 ** 2 * varianceAt(middle, set)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/**
 * The area under the ROC curve: the probability that a random image of the class 1 scores higher than one of the class 0.
 * 0.5 is chance, 1 a perfect order.
 *
 * The interval holds the areas that the measured one does not contradict: each is tested with the variance that it would
 * have itself, as Wilson does for shares (Newcombe, Statistics in Medicine 25, 2006). So it has a length at 1 as well, where
 * an error estimated from the scores would be 0.
 *
 * @throws Error when scores and labels do not fit, or a class is missing.
 */
export function areaUnderRoc(labelled: LabelledScores): IntervalEstimate {
  const set = readScores("areaUnderRoc", labelled);
  const value = orderedShare(set);
  return { value, low: bound(value, 0, set), high: bound(value, 1, set) };
}
