/** The detector that the project has of its own: trained on first need, then kept. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { ganLibVersion } from "../backend/environment";
import { requireNative } from "../backend/require";
import * as tf from "../backend/tf";
import { emoji } from "../data/emoji";
import { take, toTensor } from "../data/ImageDataset";
import { cacheFolder } from "../data/sources";
import type { Detector } from "../detection/detector";
import { dctDetector } from "../detection/linearDetector";
import { loadDetector, type LoadedDetector } from "../detection/loadDetector";
import { throughPipeline } from "../detection/perturbations";
import { accuracyAt } from "../metrics/labelledScores";
import { areaUnderRoc } from "../metrics/rocCurve";
import { createRandom } from "../ops/random";
import { emojiGenerator } from "./emojiGenerator";
import type { TrainedGenerator } from "./trainedGenerator";

/** Told the finished share of the training, in (0, 1]; waited for. */
type OnProgress = (share: number) => void | Promise<void>;

/** Options of {@link projectDetector}. */
export interface ProjectDetectorOptions {
  /** Told the finished share of the training, in (0, 1], when there is one; waited for. */
  readonly onProgress?: OnProgress;
}

/** Makes the generators, by their names. */
export type MakeGenerators = (
  onProgress: OnProgress,
) => Promise<ReadonlyMap<string, TrainedGenerator>>;

const UPSAMPLINGS = ["transposed", "resize"] as const;
/** Pixels a side, and the JPEG quality that all images go through. */
const PIPELINE = { side: 64, quality: 75 } as const;

const SEES =
  "It was shown emoji, and images of 64 x 64 pixels from two small generators of emoji (DCGAN with transposed convolutions and with resizes), " +
  "all through JPEG files of quality 75. It may find the traces that such generators leave in the 64 x 64 pixels in the middle of a picture. " +
  "It knows no photographs, no faces, no diffusion models and no large GANs: of those its scores say nothing, and a low score never proves that a picture is real.";

/** The generators by their upsampling. The caller disposes them. */
async function emojiGenerators(onProgress: OnProgress): Promise<Map<string, TrainedGenerator>> {
  const generators = new Map<string, TrainedGenerator>();
  for (const [i, upsampling] of UPSAMPLINGS.entries()) {
    generators.set(
      upsampling,
      await emojiGenerator(upsampling, {
        onProgress: ({ fraction }) => onProgress((i + fraction) / UPSAMPLINGS.length),
      }),
    );
  }
  return generators;
}

/** Real and generated images of one split, and their labels. The caller disposes the images. */
async function examplesOf(
  split: "train" | "test",
  generators: ReadonlyMap<string, TrainedGenerator>,
): Promise<{ images: tf.Tensor4D; labels: number[] }> {
  const [google, twitter] = [
    await emoji({ style: "google", split }),
    await emoji({ style: "twitter", split }),
  ];
  const count = 2 * Math.floor(google.size / 2);
  const fakes = [...generators].map(([upsampling, generator]) =>
    generator.sample(count / 2, createRandom(1).split(`${upsampling} ${split}`)),
  );
  const parts = [toTensor(take(google, count / 2)), toTensor(take(twitter, count / 2)), ...fakes];
  const images = tf.tidy(() => throughPipeline(tf.concat(parts), PIPELINE));
  tf.dispose(parts);
  return { images, labels: Array.from({ length: 2 * count }, (_, i) => Number(i >= count)) };
}

/** How well it does on images that it was not trained on. */
function figuresOf(
  detector: Detector,
  { images, labels }: { images: tf.Tensor4D; labels: number[] },
): Record<string, unknown> {
  const set = { scores: detector.score(images), labels };
  const generated = labels.filter((label) => label === 1).length;
  const counts = { images: labels.length, real: labels.length - generated, generated };
  return { ...counts, accuracy: accuracyAt(set), area: areaUnderRoc(set) };
}

async function trainTo(file: string, make: MakeGenerators, onProgress: OnProgress): Promise<void> {
  requireNative("The project's own detector");
  const detector = dctDetector();
  const generators = await make(onProgress);
  const [train, test] = [
    await examplesOf("train", generators),
    await examplesOf("test", generators),
  ];
  for (const generator of generators.values()) generator.dispose();
  await detector.fit(train.images, train.labels);
  await detector.save(file, { pipeline: PIPELINE, sees: SEES, held: figuresOf(detector, test) });
  tf.dispose([train.images, test.images]);
}

/** The cache's file for this detector: another one when what it is made of changes. */
function cacheFile(): string {
  const key = createHash("sha256")
    .update(JSON.stringify({ version: ganLibVersion(), SEES, PIPELINE }))
    .digest("hex")
    .slice(0, 12);
  return path.join(cacheFolder(), "detectors", `project-${key}.json`);
}

/** The detector of a file, or undefined where there is none that can be read. */
async function kept(file: string): Promise<LoadedDetector | undefined> {
  return existsSync(file) ? loadDetector(file).catch(() => undefined) : undefined;
}

/**
 * The detector of a file, or trained on emoji and on images of 64 x 64 pixels in colour from the given generators, and put
 * there. A file that cannot be read is replaced. The caller disposes the detector; the generators are disposed here.
 *
 * @throws As {@link projectDetector} does, and what `make` throws.
 */
export async function detectorAt(
  file: string,
  make: MakeGenerators,
  onProgress: OnProgress = () => undefined,
): Promise<LoadedDetector> {
  const found = await kept(file);
  if (found !== undefined) return found;
  await trainTo(file, make, onProgress);
  return loadDetector(file);
}

/**
 * The project's own detector of generated images, from the cache or trained: real and generated emoji of 64 x 64 pixels,
 * cosine waves and ridge regression. Its notes say under `sees` what it can and cannot see, under `held` how it did on held-out
 * images, under `pipeline` what images go through. The caller disposes it.
 *
 * @throws Error when it must be trained and the backend cannot train convolutions; what an interrupt throws while it trains.
 */
export async function projectDetector({
  onProgress,
}: ProjectDetectorOptions = {}): Promise<LoadedDetector> {
  return detectorAt(cacheFile(), emojiGenerators, onProgress);
}
