/** Endless batches of a data set, reshuffled every epoch by a stream of the library. */
import * as tf from "../backend/tf";
import type { RandomState, RandomStream } from "../ops/random";
import { toTensor, type ImageDataset } from "./ImageDataset";

/** One batch; whoever takes it disposes both tensors. */
export interface ImageBatch {
  /** [batchSize, height, width, channels] in [-1, 1] */
  readonly images: tf.Tensor4D;
  /** [batchSize] int32, class numbers */
  readonly labels: tf.Tensor1D;
}

/** Where a {@link BatchIterator} stands; plain JSON. */
export interface BatchState {
  readonly dataset: string;
  readonly size: number;
  readonly batchSize: number;
  readonly epoch: number;
  /** How many images of the epoch have been handed out. */
  readonly position: number;
  /** The stream as it was before this epoch's shuffle. */
  readonly shuffle: RandomState;
}

/** Options of {@link batches}. */
export interface BatchOptions {
  /** Images a batch, 1 … dataset.size. */
  readonly batchSize: number;
  /** Decides the order: `random.split("batches")` shuffles, so drawing from `random` elsewhere changes nothing here. */
  readonly random: RandomStream;
}

/** Endless batches that can say where they stand and be put back there. */
export interface DrawnBatches<B> extends IterableIterator<B> {
  next(): IteratorYieldResult<B>;
  /** Where the stream stands. */
  state(): RandomState;
  restore(state: RandomState): void;
}

/**
 * Endless batches for `trainSteps`, each drawn afresh: `drawnBatches(random, () => ({ images: samples(64, random) }))`.
 *
 * @param random The stream that `draw` draws from, and from no other: by it a run goes on where it was saved.
 */
export function drawnBatches<B>(random: RandomStream, draw: () => B): DrawnBatches<B> {
  const iterator: DrawnBatches<B> = {
    next: () => ({ done: false, value: draw() }),
    state: () => random.state(),
    restore: (state) => random.restore(state),
    [Symbol.iterator]: () => iterator,
  };
  return iterator;
}

/** An endless iterator over batches that can say where it stands and be put back there. Use {@link batches}. */
export class BatchIterator implements IterableIterator<ImageBatch> {
  readonly #dataset: ImageDataset;
  readonly #batchSize: number;
  readonly #random: RandomStream;
  #shuffle: RandomState;
  #order: Uint32Array;
  #epoch = 0;
  #position = 0;

  constructor(dataset: ImageDataset, { batchSize, random }: BatchOptions) {
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > dataset.size) {
      throw new RangeError(
        `batches: batchSize must be a whole number from 1 to ${dataset.size}, the size of ${dataset.name}, got ${batchSize}.`,
      );
    }
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#random = random.split("batches");
    this.#shuffle = this.#random.state();
    this.#order = this.#random.shuffledIndices(dataset.size);
  }

  /** How many whole epochs have gone by. */
  get epoch(): number {
    return this.#epoch;
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** The next batch. It is never the end: an epoch's images that do not fill a batch are left out, and a new epoch begins. */
  next(): IteratorYieldResult<ImageBatch> {
    if (this.#position + this.#batchSize > this.#dataset.size) this.#beginEpoch();
    const indices = this.#order.subarray(this.#position, this.#position + this.#batchSize);
    this.#position += this.#batchSize;
    const labels = Int32Array.from(indices, (i) => this.#dataset.labels[i] as number);
    return {
      done: false,
      value: { images: toTensor(this.#dataset, indices), labels: tf.tensor1d(labels, "int32") },
    };
  }

  #beginEpoch(): void {
    this.#epoch += 1;
    this.#position = 0;
    this.#shuffle = this.#random.state();
    this.#order = this.#random.shuffledIndices(this.#dataset.size);
  }

  /** Where the iterator stands, as plain JSON. */
  state(): BatchState {
    return {
      dataset: this.#dataset.name,
      size: this.#dataset.size,
      batchSize: this.#batchSize,
      epoch: this.#epoch,
      position: this.#position,
      shuffle: this.#shuffle,
    };
  }

  /**
   * Puts the iterator back where `state` was taken; the next batch is the one that came next then.
   *
   * @throws Error when the state is of another data set, another batch size or another stream.
   */
  restore(state: BatchState): void {
    const here = this.state();
    for (const key of ["dataset", "size", "batchSize"] as const) {
      if (state[key] !== here[key]) {
        throw new Error(
          `BatchIterator.restore: the state was taken with ${key} ${state[key]}, this iterator has ${here[key]}. ` +
            "Make it with the data set and batch size of the saved run.",
        );
      }
    }
    this.#random.restore(state.shuffle);
    this.#shuffle = state.shuffle;
    this.#order = this.#random.shuffledIndices(this.#dataset.size);
    this.#epoch = state.epoch;
    this.#position = state.position;
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
