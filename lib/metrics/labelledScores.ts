/** Scores beside what is true: what the metrics of a detector take, with their accuracy and their bootstrap. */
import { requireCount } from "../backend/require";
import type { RandomStream } from "../ops/random";
import { shareInterval, type IntervalEstimate } from "./intervals";

/** Scores beside what is true: what the metrics of a detector take. */
export interface LabelledScores {
  /** One score an image, finite; higher where the detector believes in the class 1. */
  readonly scores: ArrayLike<number>;
  /** The truth for each score: 1 for what is to be detected, 0 for the rest. */
  readonly labels: ArrayLike<number>;
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
