import { fromHighest, readScores, type CheckedScores, type LabelledScores } from "./labelledScores";

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
