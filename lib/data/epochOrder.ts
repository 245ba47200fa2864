/** In which order the images of an epoch come: reshuffled every epoch, and able to go on where it stood. */
import type { RandomState, RandomStream } from "../ops/random";
import type { ImageDataset } from "./ImageDataset";

/** Where a shuffled order stands; plain JSON. */
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

/** Options of `batches`, `pairBatches` and `unpairedBatches`. */
export interface BatchOptions {
  /** Images a batch, 1 … the size of the set. */
  readonly batchSize: number;
  /** Decides the order: `random.split("batches")` shuffles, so drawing from `random` elsewhere changes nothing here. */
  readonly random: RandomStream;
}

/** The image numbers of one batch after the other; an epoch's images that do not fill a batch are left out. */
export class EpochOrder {
  readonly #of: Pick<ImageDataset, "name" | "size">;
  readonly #batchSize: number;
  readonly #random: RandomStream;
  #shuffle: RandomState;
  #order: Uint32Array;
  #epoch = 0;
  #position = 0;

  /**
   * @param caller Begins the error: "batches".
   * @throws RangeError when batchSize is not a whole number from 1 to the size of the set.
   */
  constructor(
    caller: string,
    of: Pick<ImageDataset, "name" | "size">,
    { batchSize, random }: BatchOptions,
  ) {
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > of.size) {
      throw new RangeError(
        `${caller}: batchSize must be a whole number from 1 to ${of.size}, the size of ${of.name}, got ${batchSize}.`,
      );
    }
    this.#of = of;
    this.#batchSize = batchSize;
    this.#random = random.split("batches");
    this.#shuffle = this.#random.state();
    this.#order = this.#random.shuffledIndices(of.size);
  }

  /** How many whole epochs have gone by. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The numbers of the next batch's images. */
  next(): Uint32Array {
    if (this.#position + this.#batchSize > this.#of.size) this.#beginEpoch();
    const indices = this.#order.subarray(this.#position, this.#position + this.#batchSize);
    this.#position += this.#batchSize;
    return indices;
  }

  #beginEpoch(): void {
    this.#epoch += 1;
    this.#position = 0;
    this.#shuffle = this.#random.state();
    this.#order = this.#random.shuffledIndices(this.#of.size);
  }

  /** Where the order stands, as plain JSON. */
  state(): BatchState {
    return {
      dataset: this.#of.name,
      size: this.#of.size,
      batchSize: this.#batchSize,
      epoch: this.#epoch,
      position: this.#position,
      shuffle: this.#shuffle,
    };
  }

  /**
   * Puts the order back where `state` was taken; the next batch is the one that came next then.
   *
   * @throws Error when the state is of another data set, another batch size or another stream.
   */
  restore(state: BatchState): void {
    const here = this.state();
    for (const key of ["dataset", "size", "batchSize"] as const) {
      if (state[key] !== here[key]) {
        throw new Error(
          `Batches: the state to go on from was taken with ${key} ${state[key]}, this iterator has ${here[key]}. ` +
            "Make it with the data set and batch size of the saved run.",
        );
      }
    }
    this.#random.restore(state.shuffle);
    this.#shuffle = state.shuffle;
    this.#order = this.#random.shuffledIndices(this.#of.size);
    this.#epoch = state.epoch;
    this.#position = state.position;
  }
}
