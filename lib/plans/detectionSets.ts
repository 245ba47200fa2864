/** Real and generated images of one size for each of the project's generators: what a detector learns from, and is judged by. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { emoji } from "../data/emoji";
import { toTensor, type ImageDataset } from "../data/ImageDataset";
import { mnist } from "../data/mnist";
import { brightness, sizesOf } from "../detection/images";
import { throughPipeline, type Pipeline } from "../detection/perturbations";
import type { RandomStream } from "../ops/random";
import { emojiGenerator } from "../models/emojiGenerator";
import { generatorNames, type GeneratorName } from "../models/generatorRecipes";
import { trainedGenerator, type TrainedGenerator } from "../models/trainedGenerator";
import type { OnGeneratorProgress } from "../models/trainGenerator";

/** A generator whose images are to be detected: those of digits, and two of emoji by how their layers grow. */
export type DetectedGenerator = GeneratorName | "emoji-transposed" | "emoji-resize";

/** Every generator whose images are to be detected; the digits' first. */
export const detectedGenerators: readonly DetectedGenerator[] = [
  ...generatorNames,
  "emoji-transposed",
  "emoji-resize",
];

/** What all images go through: one size, and a JPEG file of quality 75. */
export const detectionPipeline = { side: 28, quality: 75 } as const satisfies Pipeline;

/** Images [N, 28, 28, 1] in [-1, 1] of one kind of thing: as many real as generated ones. */
export interface LabelledImages {
  readonly real: tf.Tensor4D;
  readonly fake: tf.Tensor4D;
}

/** The images of one generator and real ones like those that it imitates, to learn from and to be judged by; no image is in both. */
export interface DetectionSet {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** What {@link detectionSets} takes. */
export interface DetectionSetsOptions {
  /** Draws the real images and the latent vectors. */
  readonly random: RandomStream;
  /** Real images of each half, and generated ones; at most 478, so many emoji no generator has seen. */
  readonly count: number;
  /** Default all. */
  readonly generators?: readonly DetectedGenerator[];
  /** Gives a generator by its name; default {@link detectedGenerator}. It is disposed after use. */
  readonly open?: typeof detectedGenerator;
  /** Told how a generator's training goes on, when there is one; waited for. */
  readonly onProgress?: OnGeneratorProgress;
}

function isEmoji(name: DetectedGenerator): name is "emoji-transposed" | "emoji-resize" {
  return name.startsWith("emoji-");
}

/** The generator of that name, from the cache or trained. The caller disposes it. */
export async function detectedGenerator(
  name: DetectedGenerator,
  onProgress: OnGeneratorProgress = () => undefined,
): Promise<TrainedGenerator> {
  return isEmoji(name)
    ? emojiGenerator(name === "emoji-transposed" ? "transposed" : "resize", { onProgress })
    : trainedGenerator(name, { onProgress });
}

/**
 * The brightness of the middle 28 x 28 pixels of images, through {@link detectionPipeline}. Cut, not scaled: scaling would wipe
 * out the traces of the layers. The caller disposes the result.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1], at least 28 pixels a side. Not disposed.
 * @throws Error when they are smaller.
 */
export function asDetected(images: tf.Tensor4D): tf.Tensor4D {
  const { height, width } = sizesOf("asDetected", images);
  const { side } = detectionPipeline;
  if (Math.min(height, width) < side)
    throw new Error(
      `asDetected: images must have at least ${side} x ${side} pixels, got ${height} x ${width}.`,
    );
  return tf.tidy(() => {
    const grey = tf.expandDims<tf.Tensor4D>(brightness(images), 3);
    const [top, left] = [Math.floor((height - side) / 2), Math.floor((width - side) / 2)];
    return throughPipeline(
      tf.slice(grey, [0, top, left, 0], [-1, side, side, 1]),
      detectionPipeline,
    );
  });
}

/** So many images of a data set, drawn without replacement. */
function draw(dataset: ImageDataset, count: number, random: RandomStream): tf.Tensor4D {
  if (count > dataset.size)
    throw new RangeError(
      `detectionSets: at most ${dataset.size} images of ${dataset.name} can be drawn, got a count of ${count}.`,
    );
  return toTensor(dataset, random.shuffledIndices(dataset.size).slice(0, count));
}

/** Real digits that no generator saw, cut in two halves. */
async function realDigits(
  count: number,
  random: RandomStream,
): Promise<readonly [tf.Tensor4D, tf.Tensor4D]> {
  const both = draw(await mnist({ split: "test" }), 2 * count, random);
  const halves = tf.split(both, 2);
  both.dispose();
  return halves as unknown as readonly [tf.Tensor4D, tf.Tensor4D];
}

/** Real emoji: to learn from, those that the generators were trained on; to be judged by, the others. */
async function realEmoji(
  count: number,
  random: RandomStream,
): Promise<readonly [tf.Tensor4D, tf.Tensor4D]> {
  const [train, test] = [
    await emoji({ style: "google", split: "train" }),
    await emoji({ style: "google", split: "test" }),
  ];
  return [draw(train, count, random), draw(test, count, random)];
}

/** The images through {@link asDetected}, which replace them. */
function replaced(images: tf.Tensor4D): tf.Tensor4D {
  const seen = asDetected(images);
  images.dispose();
  return seen;
}

/**
 * Real and generated images for each generator, all 28 x 28 and grey and through one JPEG file. The generators have the seed 1; what
 * varies with `random` is which real images are drawn, and from which latent vectors the others are made. The caller disposes all.
 *
 * @returns By the generator's name. The digits' generators share their real images, and so do those of emoji.
 * @throws Error as `trainedGenerator` does; RangeError when `count` is not a whole number of at least 1, or too large.
 */
export async function detectionSets({
  random,
  count,
  generators = detectedGenerators,
  open = detectedGenerator,
  onProgress,
}: DetectionSetsOptions): Promise<ReadonlyMap<DetectedGenerator, DetectionSet>> {
  requireCount("detectionSets: count", count);
  const real = {
    digits: (await realDigits(count, random.split("digits"))).map(replaced),
    emoji: generators.some(isEmoji)
      ? (await realEmoji(count, random.split("emoji"))).map(replaced)
      : [],
  };
  const sets = new Map<DetectedGenerator, DetectionSet>();
  for (const name of generators) {
    const generator = await open(name, onProgress);
    const fake = ["train", "test"].map((half) =>
      replaced(generator.sample(count, random.split(`${name} ${half}`))),
    );
    generator.dispose();
    const [train, test] = (isEmoji(name) ? real.emoji : real.digits) as [tf.Tensor4D, tf.Tensor4D];
    sets.set(name, {
      train: { real: train, fake: fake[0]! },
      test: { real: test, fake: fake[1]! },
    });
  }
  return sets;
}
