/** What every detector of generated images is. */
import * as tf from "../backend/tf";
import { inBatches, sizesOf, type BatchSizes } from "./images";

/** The detectors that there are. */
export type DetectorKind = "spectrum" | "dct" | "cnn";

/** Options of a detector's fit. */
export interface FitOptions {
  /** Told the finished share, in (0, 1], where fitting takes a while; waited for. */
  readonly onProgress?: (share: number) => void | Promise<void>;
  /** Keeps a fit that takes steps. */
  readonly keeper?: FitKeeper;
}

/** What a fit changes with each step. */
export interface FitParts {
  readonly models: Readonly<Record<string, tf.LayersModel>>;
  readonly optimizers: Readonly<Record<string, tf.Optimizer>>;
}

/** Keeps a fit, so that it can go on where it was. */
export interface FitKeeper {
  /** Puts the parts back where they were kept, and says how many steps were taken before. */
  takeUp(parts: FitParts): Promise<number>;
  /** Told after each step how many were taken. */
  taken(step: number): Promise<void>;
}

/** How many images of each kind a detector was fitted to. */
export interface FittedTo {
  readonly real: number;
  readonly generated: number;
}

/** Tells generated images from real ones, by what it was shown of both. */
export interface Detector {
  readonly kind: DetectorKind;
  /** Height, width and channels of the images that it was fitted to; undefined before that. */
  readonly imageShape: readonly [height: number, width: number, channels: number] | undefined;
  /** How many images of each kind it was fitted to; undefined before that. */
  readonly fittedTo: FittedTo | undefined;
  /**
   * Learns to tell images apart; what it knew before is forgotten.
   *
   * @param images [N, height, width, 1 or 3] in [-1, 1]. Not disposed.
   * @param labels 1 for a generated image, 0 for a real one.
   * @throws Error when images and labels do not fit, a class is missing, or a value is not finite or beyond [-1, 1].
   */
  fit(images: tf.Tensor4D, labels: ArrayLike<number>, options?: FitOptions): Promise<void>;
  /**
   * The logarithm of the odds that each image is generated: positive where the detector believes so. Can be differentiated with
   * respect to the images, which an attacker wants.
   *
   * @param images Of the shape that it was fitted to, in [-1, 1]. Not disposed.
   * @returns [N]; the caller disposes it.
   * @throws Error when it is not fitted, or the images have another shape.
   */
  logits(images: tf.Tensor4D): tf.Tensor1D;
  /**
   * How probable it is that each image is generated, in [0, 1], if real and generated images are as frequent as they were in fitting.
   *
   * @param images Of the shape that it was fitted to, in [-1, 1]. Not disposed.
   * @throws Error when it is not fitted, the images have another shape, or a value is not finite or beyond [-1, 1].
   */
  score(images: tf.Tensor4D): Float32Array;
  /**
   * Whether each image lies in the range of those that it was fitted to. Of one that does not, its score says nothing.
   *
   * @param images Of the shape that it was fitted to, in [-1, 1]. Not disposed.
   * @returns Of images like those of the fit about 1 in 20 is false.
   * @throws Error when it is not fitted, or the images have another shape.
   */
  seen(images: tf.Tensor4D): boolean[];
  /**
   * Writes the detector to a file, which `loadDetector` reads.
   *
   * @param about Notes to keep with it: what it was trained on, how images must be prepared.
   * @throws Error when it is not fitted, or the file cannot be written.
   */
  save(file: string, about?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Frees what tensors it holds. */
  dispose(): void;
}

/** How far values may lie beyond -1 and 1: what arithmetic with bytes leaves. */
const SLACK = 1e-3;

/**
 * Checks that the values of images are finite and in [-1, 1].
 *
 * @throws Error that names the value and its image.
 */
export function checkRange(kind: DetectorKind, images: tf.Tensor4D): void {
  const isInside = tf.tidy(() => tf.all(tf.lessEqual(tf.abs(images), 1 + SLACK)).dataSync()[0]!);
  if (isInside) return;
  const data = images.dataSync();
  const bad = data.findIndex((value) => !(Math.abs(value) <= 1 + SLACK));
  const image = Math.floor((bad * images.shape[0]) / data.length);
  const [value, hint] = [data[bad]!, "For pictures of 0 … 255, divide by 127.5 and subtract 1."];
  throw new Error(
    `${kind} detector: values must be finite and in [-1, 1], got ${value} in image ${image}. ${hint}`,
  );
}

/**
 * Checks the images and labels that a detector is fitted to.
 *
 * @throws Error when they do not fit, a class is missing, or a value is not finite or beyond [-1, 1].
 */
export function readExamples(
  kind: DetectorKind,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
): BatchSizes & { labels: number[]; fittedTo: FittedTo } {
  const sizes = sizesOf(`${kind} detector`, images);
  const values = Array.from(labels);
  if (values.length !== sizes.count)
    throw new Error(
      `${kind} detector: there must be one label an image, got ${values.length} for ${sizes.count} images.`,
    );
  const unknown = values.find((label) => label !== 0 && label !== 1);
  if (unknown !== undefined)
    throw new Error(
      `${kind} detector: labels must be 0 for real or 1 for generated, got ${unknown}.`,
    );
  if (!values.includes(0) || !values.includes(1))
    throw new Error(
      `${kind} detector: real and generated images are needed, got only ${values.includes(1) ? "generated" : "real"} ones.`,
    );
  checkRange(kind, images);
  const generated = values.filter((label) => label === 1).length;
  return { ...sizes, labels: values, fittedTo: { real: values.length - generated, generated } };
}

/**
 * Checks the images that are to be scored.
 *
 * @throws Error when the detector is not fitted, or the images have another shape.
 */
export function checkImages(
  kind: DetectorKind,
  wanted: Detector["imageShape"],
  images: tf.Tensor4D,
): void {
  if (wanted === undefined)
    throw new Error(
      `${kind} detector: it is not fitted yet. Call fit(images, labels) first, or load one.`,
    );
  const { height, width, channels } = sizesOf(`${kind} detector`, images);
  if ([height, width, channels].join() !== wanted.join()) {
    throw new Error(
      `${kind} detector: it was fitted to images of ${wanted.join(" x ")}, got ${height} x ${width} x ${channels}. Crop, or fit one to this size.`,
    );
  }
}

/** The logistic function of a detector's logits, some images at a time. */
export function scoresFrom(logits: Detector["logits"], images: tf.Tensor4D): Float32Array {
  return Float32Array.from(
    inBatches(images, (some) => Array.from(tf.sigmoid(logits(some)).dataSync())).flat(),
  );
}
