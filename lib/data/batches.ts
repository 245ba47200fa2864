/** Endless batches of a data set, reshuffled every epoch by a stream of the library. */
import * as tf from "../backend/tf";
import type { RandomState, RandomStream } from "../ops/random";
import { EpochOrder, type BatchOptions, type BatchState } from "./epochOrder";
import { toTensor, type ImageDataset } from "./ImageDataset";

/** One batch; whoever takes it disposes both tensors. */
export interface ImageBatch {
  /** [batchSize, height, width, channels] in [-1, 1] */
  readonly images: tf.Tensor4D;
  /** [batchSize] int32, class numbers */
  readonly labels: tf.Tensor1D;
}

/** Endless batches that can say where they stand and be put back there. */
export interface DrawnBatches<B, State = RandomState> extends IterableIterator<B> {
  next(): IteratorYieldResult<B>;
  /** Where the batches stand, as plain JSON. */
  state(): State;
  restore(state: State): void;
}

/**
 * Endless batches for `trainSteps`, each drawn afresh: `drawnBatches(random, () => ({ images: samples(64, random) }))`.
 *
 * @param random The stream that `draw` draws from, and from no other: by it a run goes on where it was saved.
 */
export function drawnBatches<B>(random: RandomStream, draw: () => B): DrawnBatches<B> {
  return resumable(random, draw);
}

/**
 * Endless batches, each made by `draw`.
 *
 * @param standing All that `draw` depends on: what says where the batches stand.
 */
export function resumable<B, State>(
  standing: { state(): State; restore(state: State): void },
  draw: () => B,
): DrawnBatches<B, State> {
  const iterator: DrawnBatches<B, State> = {
    next: () => ({ done: false, value: draw() }),
    state: () => standing.state(),
    restore: (state) => standing.restore(state),
    [Symbol.iterator]: () => iterator,
  };
  return iterator;
}

/** An endless iterator over batches that can say where it stands and be put back there. Use {@link batches}. */
export class BatchIterator implements DrawnBatches<ImageBatch, BatchState> {
  readonly #dataset: ImageDataset;
  readonly #order: EpochOrder;

  constructor(dataset: ImageDataset, options: BatchOptions) {
    this.#dataset = dataset;
    this.#order = new EpochOrder("batches", dataset, options);
  }

  /** How many whole epochs have gone by. */
  get epoch(): number {
    return this.#order.epoch;
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** The next batch. It is never the end: an epoch's images that do not fill a batch are left out, and a new epoch begins. */
  next(): IteratorYieldResult<ImageBatch> {
    const indices = this.#order.next();
    const labels = Int32Array.from(indices, (i) => this.#dataset.labels[i] as number);
    return {
      done: false,
      value: { images: toTensor(this.#dataset, indices), labels: tf.tensor1d(labels, "int32") },
    };
  }

  /** Where the iterator stands, as plain JSON. */
  state(): BatchState {
    return this.#order.state();
  }

  /**
   * Puts the iterator back where `state` was taken; the next batch is the one that came next then.
   *
   * @throws Error when the state is of another data set, another batch size or another stream.
   */
  restore(state: BatchState): void {
    this.#order.restore(state);
  }
}

/**
 * Endless batches of a data set; every epoch has its own order, and the same seed gives the same batches.
 *
 * The caller disposes the tensors of each batch.
 *
 * @throws RangeError when batchSize is not a whole number from 1 to the size of the set.
 */
export function batches(dataset: ImageDataset, options: BatchOptions): BatchIterator {
  return new BatchIterator(dataset, options);
}
