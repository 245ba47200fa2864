import { readScores, type LabelledScores } from "./labelledScores";
import { countsFromHighest } from "./rocCurve";

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
