/** Endless batches from two data sets: pairs that belong together, or samples that do not. */
import type * as tf from "../backend/tf";
import { resumable, type DrawnBatches } from "./batches";
import { EpochOrder, type BatchOptions, type BatchState } from "./epochOrder";
import { toTensor, type ImageDataset } from "./ImageDataset";

/** A batch of pairs; whoever takes it disposes both tensors. */
export interface ImagePairs {
  /** [batchSize, height, width, channels] in [-1, 1] */
  readonly source: tf.Tensor4D;
  /** [batchSize, height, width, channels] in [-1, 1], the target of each source */
  readonly target: tf.Tensor4D;
}

/** A batch of each of two domains, where nothing belongs together; whoever takes it disposes both tensors. */
export interface UnpairedImages {
  /** [batchSize, height, width, channels] in [-1, 1] */
  readonly a: tf.Tensor4D;
  /** [batchSize, height, width, channels] in [-1, 1] */
  readonly b: tf.Tensor4D;
}

/** Where unpaired batches stand; plain JSON. */
export interface UnpairedState {
  readonly a: BatchState;
  readonly b: BatchState;
}

/**
 * Endless batches of pairs, for `pix2pix`: the i-th target belongs to the i-th source. Every epoch has its own order, the same
 * seed gives the same batches, and the caller disposes the tensors of each.
 *
 * @throws Error naming the two sets when they are not equally large; RangeError when batchSize is not a whole number from 1 to their size.
 * @example
 * const { "openmoji black": drawings, openmoji } = await gan.emojiStyles({ styles: ["openmoji black", "openmoji"] });
 * const pairs = gan.pairBatches(drawings, openmoji, { batchSize: 16, random });
 */
export function pairBatches(
  source: ImageDataset,
  target: ImageDataset,
  options: BatchOptions,
): DrawnBatches<ImagePairs, BatchState> {
  if (source.size !== target.size)
    throw new Error(
      `pairBatches: the i-th target belongs to the i-th source, and ${source.name} has ${source.size} images, ` +
        `${target.name} ${target.size}. Give two sets with the same images in the same order, or use unpairedBatches.`,
    );
  const name = `${source.name} with ${target.name}`;
  const order = new EpochOrder("pairBatches", { name, size: source.size }, options);
  return resumable(order, () => {
    const indices = order.next();
    return { source: toTensor(source, indices), target: toTensor(target, indices) };
  });
}

/**
 * Endless batches of two domains, for `cycleGan` and `discoGan`: each set has an order of its own and its own epochs, so the
 * sets may differ in size, and images at the same place of a batch have nothing to do with each other. The same seed gives the same
 * batches, and the caller disposes the tensors of each.
 *
 * @throws RangeError when batchSize is not a whole number from 1 to the size of the smaller set.
 */
export function unpairedBatches(
  a: ImageDataset,
  b: ImageDataset,
  { batchSize, random }: BatchOptions,
): DrawnBatches<UnpairedImages, UnpairedState> {
  const orderOf = (domain: "a" | "b", of: ImageDataset): EpochOrder =>
    new EpochOrder("unpairedBatches", of, { batchSize, random: random.split(domain) });
  const orderA = orderOf("a", a);
  const orderB = orderOf("b", b);
  const both = {
    state: () => ({ a: orderA.state(), b: orderB.state() }),
    restore: (state: UnpairedState) => {
      orderA.restore(state.a);
      orderB.restore(state.b);
    },
  };
  return resumable(both, () => ({
    a: toTensor(a, orderA.next()),
    b: toTensor(b, orderB.next()),
  }));
}
