/** How detectors are trained and tried by the plans and lesson on their robustness. */
import * as tf from "../backend/tf";
import { blurAndJpegCopies } from "../detection/augmentation";
import { cnnDetector } from "../detection/cnnDetector";
import type { Detector, FitOptions } from "../detection/detector";
import { dctDetector } from "../detection/linearDetector";
import { blurred, jpegCompressed, noisy, quantized, resized } from "../detection/perturbations";
import { accuracyAt } from "../metrics/labelledScores";
import { averagePrecision } from "../metrics/rocCurve";
import type { LabelledScores } from "../metrics/labelledScores";
import { createRandom, type RandomStream } from "../ops/random";
import type { LabelledImages } from "./detectionSets";

/** A way to train a detector: which one, and whether on changed copies of the images as well. */
export interface DetectorRecipe {
  readonly detector: "dct" | "cnn";
  readonly augmentation: "none" | "blur+jpeg";
  /** Training steps of the network. */
  readonly steps: number;
}

/** Changed copies of each image that augmentation adds. */
const COPIES = 3;

/** 0 for each real image, then 1 for each generated one. */
function labelsOf({ real, fake }: LabelledImages): number[] {
  return Array.from({ length: real.shape[0] + fake.shape[0] }, (_, i) =>
    Number(i >= real.shape[0]),
  );
}

/**
 * A detector trained by a recipe; the network's weights and order, and what is changed in copies, are drawn from the seed. The
 * caller disposes it.
 */
export async function fitDetector(
  { detector: kind, augmentation, steps }: DetectorRecipe,
  set: LabelledImages,
  seed: number,
  options?: FitOptions,
): Promise<Detector> {
  const detector = kind === "dct" ? dctDetector() : cnnDetector({ seed, steps });
  const random = createRandom(seed).split("augmentation");
  const copies = augmentation === "none" ? 0 : COPIES;
  const images = tf.tidy(() => {
    const own = tf.concat([set.real, set.fake]);
    return tf.concat([
      own,
      ...Array.from({ length: copies }, () => blurAndJpegCopies(own, random)),
    ]);
  });
  try {
    await detector.fit(
      images,
      Array.from({ length: copies + 1 }, () => labelsOf(set)).flat(),
      options,
    );
    return detector;
  } finally {
    images.dispose();
  }
}

/** A detector's scores of real and generated images, beside the truth. */
export function scoresOf(detector: Detector, set: LabelledImages): LabelledScores {
  const images = tf.concat([set.real, set.fake]);
  const scores = detector.score(images);
  images.dispose();
  return { scores, labels: labelsOf(set) };
}

/** Accuracy at a score of 0.5, and average precision, both in percent: the two figures of Wang et al., arXiv 1912.11035. */
export function accuracyAndPrecision(labelled: LabelledScores): {
  accuracy: number;
  precision: number;
} {
  return {
    accuracy: 100 * accuracyAt(labelled).value,
    precision: 100 * averagePrecision(labelled),
  };
}

/** How strong each perturbation is tried, from nothing upwards: libjpeg's quality; sigma in pixels; factor of the sides; deviation, black to white being 2. */
export const perturbationStrengths = {
  jpeg: [100, 75, 50, 35, 25],
  blur: [0, 0.4, 0.7, 1, 1.5],
  resize: [1, 0.9, 0.75, 0.5, 0.35],
  noise: [0, 0.05, 0.1, 0.2, 0.4],
} as const;

/** The perturbations that are tried. */
export type Perturbation = keyof typeof perturbationStrengths;

const PERTURB: Readonly<
  Record<Perturbation, (images: tf.Tensor4D, strength: number, random: RandomStream) => tf.Tensor4D>
> = {
  jpeg: jpegCompressed,
  blur: blurred,
  resize: resized,
  noise: noisy,
};

/** Real and generated images changed alike, and rounded to 8 bits. The caller disposes them. */
export function perturbed(
  perturbation: Perturbation,
  strength: number,
  { real, fake }: LabelledImages,
  random: RandomStream,
): LabelledImages {
  const change = (images: tf.Tensor4D): tf.Tensor4D =>
    tf.tidy(() => quantized(PERTURB[perturbation](images, strength, random)));
  return { real: change(real), fake: change(fake) };
}
