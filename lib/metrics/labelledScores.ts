/** Scores beside what is true: what the metrics of a detector take. */
export interface LabelledScores {
  /** One score an image, finite; higher where the detector believes in the class 1. */
  readonly scores: ArrayLike<number>;
  /** The truth for each score: 1 for what is to be detected, 0 for the rest. */
  readonly labels: ArrayLike<number>;
}

/** A value with its interval of 95 %. */
export interface IntervalEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Scores that were checked. */
export interface CheckedScores {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  /** How many labels are 1, at least one. */
  readonly positives: number;
  /** How many labels are 0, at least one. */
  readonly negatives: number;
}

/**
 * Checks scores and labels.
 *
 * @param caller The metric that asks; it begins the error.
 * @throws Error when the numbers of both differ, a score is not finite, a label is not 0 or 1, or a class is missing.
 */
export function readScores(caller: string, { scores, labels }: LabelledScores): CheckedScores {
  if (scores.length !== labels.length)
    throw new Error(
      `${caller}: there must be one label a score, got ${scores.length} scores and ${labels.length} labels.`,
    );
  const bad = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) throw new Error(`${caller}: scores must be finite, got ${scores[bad]!} at ${bad}.`);
  const unknown = Array.from(labels).find((label) => label !== 0 && label !== 1);
  if (unknown !== undefined) throw new Error(`${caller}: labels must be 0 or 1, got ${unknown}.`);
  const positives = Array.from(labels).filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new Error(
      `${caller}: both classes are needed, got ${negatives} labels 0 and ${positives} labels 1.`,
    );
  }
  return {
    scores: Float64Array.from(scores),
    labels: Uint8Array.from(labels),
    positives,
    negatives,
  };
}

/** The places of the scores from the highest score to the lowest. */
export function fromHighest({ scores }: CheckedScores): number[] {
  return Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
}
