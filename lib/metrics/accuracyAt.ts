import { readScores, type IntervalEstimate, type LabelledScores } from "./labelledScores";
import { shareInterval } from "./shareInterval";

/**
 * The share of images that a threshold classifies rightly, with its interval of 95 %.
 *
 * @param threshold An image is called 1 when its score is at least this. Default 0.5, for scores that are probabilities.
 * @throws Error when scores and labels do not fit, or a class is missing.
 */
export function accuracyAt(labelled: LabelledScores, threshold = 0.5): IntervalEstimate {
  const { scores, labels } = readScores("accuracyAt", labelled);
  const right = scores.reduce(
    (sum, score, i) => sum + (Number(score >= threshold) === labels[i] ? 1 : 0),
    0,
  );
  return shareInterval(right, scores.length);
}
