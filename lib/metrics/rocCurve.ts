/** The order that scores put two classes in: the ROC curve, the area under it, and average precision. */
import { type CheckedScores, type LabelledScores, fromHighest, readScores } from "./labelledScores";
import { Z95, type IntervalEstimate } from "./intervals";

/** The receiver operating characteristic: a point for each threshold, from the strictest to the laxest. */
export interface RocCurve {
  /** An image is called 1 when its score is at least this; the first is infinite. */
  readonly thresholds: readonly number[];
  /** The share of the class 0 that is called 1, from 0 to 1. */
  readonly falsePositiveRate: readonly number[];
  /** The share of the class 1 that is called 1, from 0 to 1. */
  readonly truePositiveRate: readonly number[];
}

/** How many of each class have at least a score, for each distinct score, from the highest on. */
export function countsFromHighest(
  set: CheckedScores,
): { threshold: number; truePositives: number; falsePositives: number }[] {
  const order = fromHighest(set);
  let [truePositives, falsePositives] = [0, 0];
  return order.flatMap((at, i) => {
    if (set.labels[at] === 1) truePositives += 1;
    else falsePositives += 1;
    const threshold = set.scores[at]!;
    const tied = i + 1 < order.length && set.scores[order[i + 1]!] === threshold;
    return tied ? [] : [{ threshold, truePositives, falsePositives }];
  });
}

/**
 * The ROC curve of a detector: what it finds against what it accuses wrongly, at every threshold.
 *
 * @throws Error when scores and labels do not fit, or a class is missing.
 */
export function rocCurve(labelled: LabelledScores): RocCurve {
  const set = readScores("rocCurve", labelled);
  const counts = countsFromHighest(set);
  return {
    thresholds: [Infinity, ...counts.map(({ threshold }) => threshold)],
    falsePositiveRate: [0, ...counts.map(({ falsePositives }) => falsePositives / set.negatives)],
    truePositiveRate: [0, ...counts.map(({ truePositives }) => truePositives / set.positives)],
  };
}

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

/**
 * Average precision: the precision at each threshold, weighted by what the threshold adds to the recall. Scores that are equal
 * share one threshold. It looks at the order alone, so it does not change when a detector's scores are all too high or too low.
 * By chance it is the share of the class 1.
 *
 * @returns In (0, 1].
 * @throws Error when scores and labels do not fit, or a class is missing.
 */
export function averagePrecision(labelled: LabelledScores): number {
  const set = readScores("averagePrecision", labelled);
  let [sum, found] = [0, 0];
  for (const { truePositives, falsePositives } of countsFromHighest(set)) {
    sum += ((truePositives - found) * truePositives) / (truePositives + falsePositives);
    found = truePositives;
  }
  return sum / set.positives;
}
