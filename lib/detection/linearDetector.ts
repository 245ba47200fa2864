/** Detectors that are one weighted sum of features: which features, and how the weights are found, is all they differ in. */
import type { Matrix } from "ml-matrix";
import * as tf from "../backend/tf";
import { blockDct } from "./blockDct";
import {
  checkImages,
  checkRange,
  readExamples,
  scoresFrom,
  type Detector,
  type DetectorKind,
  type FittedTo,
} from "./detector";
import { writeDetector } from "./detectorFile";
import { fitRange, withinRange, type FittedRange } from "./fittedRange";
import { rowsOf } from "./images";
import { fitLogistic, fitRidge, type LabelledRows, type LinearWeights } from "./linearFit";
import { radialSpectrum } from "./powerSpectrum";

/** Everything that a fitted linear detector knows: the features' mean and deviation in fitting, and their weights. */
export interface LinearState extends LinearWeights {
  readonly imageShape: readonly [number, number, number];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly fittedTo: FittedTo;
  readonly range: FittedRange;
}

interface Design {
  /** Images -> features [N, d]. */
  readonly features: (images: tf.Tensor4D) => tf.Tensor2D;
  readonly solve: (examples: LabelledRows) => LinearWeights;
}

/** The radial spectrum relative to its first value, which is the mean brightness alone. */
function relativeSpectrum(images: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => {
    const spectrum = radialSpectrum(images);
    const [count, radii] = spectrum.shape;
    return tf.sub(
      tf.slice(spectrum, [0, 1], [count, radii - 1]),
      tf.slice(spectrum, [0, 0], [count, 1]),
    );
  });
}

const DESIGNS: Readonly<Record<Exclude<DetectorKind, "cnn">, Design>> = {
  spectrum: { features: relativeSpectrum, solve: (examples) => fitLogistic(examples) },
  dct: { features: (images) => blockDct(images), solve: fitRidge },
};

/** A feature that varies by less says nothing, in decibels or natural logarithms: it is rounding, which must not be made large. */
const LEAST_DEVIATION = 1e-3;

/** What features are divided by; one that did not vary in fitting becomes 0, whatever it is later. */
function divisors({ deviations }: Pick<LinearState, "deviations">): number[] {
  return deviations.map((deviation) => (deviation < LEAST_DEVIATION ? Infinity : deviation));
}

function standardized(
  rows: Matrix,
  { means, deviations }: Pick<LinearState, "means" | "deviations">,
): Matrix {
  return rows
    .clone()
    .subRowVector([...means])
    .divRowVector(divisors({ deviations }));
}

class LinearDetector implements Detector {
  readonly kind: keyof typeof DESIGNS;
  #state: LinearState | undefined;

  constructor(kind: keyof typeof DESIGNS, state?: LinearState) {
    this.kind = kind;
    this.#state = state;
  }

  get imageShape(): Detector["imageShape"] {
    return this.#state?.imageShape;
  }

  get fittedTo(): Detector["fittedTo"] {
    return this.#state?.fittedTo;
  }

  async fit(images: tf.Tensor4D, labels: ArrayLike<number>): Promise<void> {
    const { height, width, channels, fittedTo, ...rest } = readExamples(this.kind, images, labels);
    const design = DESIGNS[this.kind];
    const rows = rowsOf(images, design.features);
    const means = rows.mean("column");
    const deviations = rows.standardDeviation("column", { mean: means, unbiased: false });
    const weights = design.solve({
      rows: standardized(rows, { means, deviations }),
      labels: rest.labels,
    });
    const range = fitRange(rows);
    const imageShape = [height, width, channels] as const;
    this.#state = { imageShape, fittedTo, range, means, deviations, ...weights };
  }

  logits(images: tf.Tensor4D): tf.Tensor1D {
    checkImages(this.kind, this.imageShape, images);
    const { means, deviations, weights, bias } = this.#state as LinearState;
    const scale = divisors({ deviations });
    const scaled = weights.map((weight, i) => weight / scale[i]!);
    return tf.tidy(() => {
      const centered = tf.sub(DESIGNS[this.kind].features(images), tf.tensor1d([...means]));
      return tf.add(
        tf.squeeze(tf.matMul(centered, tf.tensor2d(scaled, [scaled.length, 1])), [1]),
        bias,
      );
    });
  }

  score(images: tf.Tensor4D): Float32Array {
    checkImages(this.kind, this.imageShape, images);
    checkRange(this.kind, images);
    return scoresFrom((some) => this.logits(some), images);
  }

  seen(images: tf.Tensor4D): boolean[] {
    checkImages(this.kind, this.imageShape, images);
    const { range } = this.#state as LinearState;
    return withinRange(range, rowsOf(images, DESIGNS[this.kind].features));
  }

  async save(file: string, about: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await writeDetector(file, this.kind, this.#state, about);
  }

  dispose(): void {
    // It holds plain numbers.
  }
}

/** Durall et al., arXiv 1911.00686: the azimuthally averaged power spectrum, and logistic regression. */
export function spectrumDetector(state?: LinearState): Detector {
  return new LinearDetector("spectrum", state);
}

/**
 * After Frank et al., arXiv 2003.08685: features of the cosine transform, and ridge regression. Deviation: blocks of 8 x 8
 * pixels in place of the whole image (see `blockDct`). The images must be at least 8 pixels a side.
 */
export function dctDetector(state?: LinearState): Detector {
  return new LinearDetector("dct", state);
}
