/** What every detector of generated images is. */
import * as tf from "../backend/tf";
import { inBatches, sizesOf, type BatchSizes } from "./images";

/** The detectors that there are. */
export type DetectorKind = "spectrum" | "dct" | "cnn";

/** Options of a detector's fit. */
export interface FitOptions {
  /** Told the finished share, in (0, 1], where fitting takes a while; waited for. */
  readonly onProgress?: (share: number) => void | Promise<void>;
}

/** Tells generated images from real ones, by what it was shown of both. */
export interface Detector {
  readonly kind: DetectorKind;
  /** Height, width and channels of the images that it was fitted to; undefined before that. */
  readonly imageShape: readonly [height: number, width: number, channels: number] | undefined;
  /**
   * Learns to tell images apart; what it knew before is forgotten.
   *
   * @param images [N, height, width, 1 or 3] in [-1, 1]. Not disposed.
   * @param labels 1 for a generated image, 0 for a real one.
   * @throws Error when images and labels do not fit, or a class is missing.
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
   * @throws Error when it is not fitted, or the images have another shape.
   */
  score(images: tf.Tensor4D): Float32Array;
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

/**
 * Checks the images and labels that a detector is fitted to.
 *
 * @throws Error when they do not fit, or a class is missing.
 */
export function readExamples(
  kind: DetectorKind,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
): BatchSizes & { labels: number[] } {
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
  return { ...sizes, labels: values };
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
