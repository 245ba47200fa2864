import { requireCount } from "../backend/require";
import { readScores, type LabelledScores } from "./labelledScores";

/** Images whose scores are close to each other. */
export interface CalibrationBin {
  readonly count: number;
  /** The mean of their scores: how sure the detector is. */
  readonly meanScore: number;
  /** The share of them that is of the class 1: how often it is right to be. */
  readonly share: number;
}

/** How far scores can be read as probabilities. */
export interface Calibration {
  /** The expected calibration error, in [0, 1]: how far the two are apart, weighted by the bins' counts. */
  readonly expectedError: number;
  /** The bins that are not empty, by rising scores; for a reliability diagram. */
  readonly bins: readonly CalibrationBin[];
}

/** The bin (i / bins, (i + 1) / bins] in which a score lies, as Guo et al. have them; 0 is in the first. */
function binOf(score: number, bins: number): number {
  const bin = Math.max(0, Math.ceil(score * bins) - 1);
  return bin > 0 && score <= bin / bins ? bin - 1 : bin; // where the product was rounded up
}

/**
 * Compares scores that are meant as probabilities with what happened (Guo et al., arXiv 1706.04599, equation 3, for
 * the probability of the class 1).
 *
 * @param bins How many parts of equal width [0, 1] is cut into. Default 10.
 * @throws Error when scores and labels do not fit, a class is missing, or a score is not in [0, 1]; RangeError when `bins` is
 *   not a whole number of at least 1.
 */
export function calibration(
  labelled: LabelledScores,
  { bins = 10 }: { readonly bins?: number } = {},
): Calibration {
  requireCount("calibration: bins", bins);
  const { scores, labels } = readScores("calibration", labelled);
  const outside = scores.find((score) => score < 0 || score > 1);
  if (outside !== undefined)
    throw new Error(`calibration: scores must be probabilities in [0, 1], got ${outside}.`);
  const members = Array.from({ length: bins }, (): number[] => []);
  scores.forEach((score, i) => members[binOf(score, bins)]!.push(i));
  const filled = members
    .filter(({ length }) => length > 0)
    .map((places): CalibrationBin => {
      const mean = (values: ArrayLike<number>): number =>
        places.reduce((sum, i) => sum + values[i]!, 0) / places.length;
      return { count: places.length, meanScore: mean(scores), share: mean(labels) };
    });
  const gaps = filled.map(
    ({ count, meanScore, share }) => (count / scores.length) * Math.abs(meanScore - share),
  );
  return { expectedError: gaps.reduce((sum, gap) => sum + gap, 0), bins: filled };
}
