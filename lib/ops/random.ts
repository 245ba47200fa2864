/**
 * Random numbers that the library owns: the same seed gives the same bits on every machine and
 * backend, and a stream can be written down and restored in the middle of a run.
 */
import { requireCount } from "../backend/require";
import { sha256 } from "@noble/hashes/sha2";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { drawTensor, refuseNumbersInTrace } from "../compile/trace/draws";
import * as tf from "../backend/tf";

/** Where a stream stands; plain JSON. */
export interface RandomState {
  /** What the stream was made from: the seed and the names it was split by. */
  readonly origin: string;
  /** The generator's four 32-bit words. */
  readonly words: readonly number[];
}

function wordsOf(origin: string): number[] {
  const digest = sha256(origin); // of the text's UTF-8 bytes
  const view = new DataView(digest.buffer, digest.byteOffset);
  return [0, 4, 8, 12].map((offset) => view.getInt32(offset));
}

/** The largest float32 below a number; a draw next to the upper bound may be rounded to it. */
function floatBelow(bound: number): number {
  const value = Float32Array.of(bound);
  if (value[0]! < bound) return value[0]!;
  if (value[0] === 0) return -(2 ** -149);
  const bits = new Int32Array(value.buffer);
  bits[0]! += value[0]! > 0 ? -1 : 1;
  return value[0]!;
}

/** A number as the float32 next to it in [min, max); where there is none, the float32 below max. */
function within(value: number, min: number, max: number): number {
  const rounded = Math.fround(value);
  const atLeastMin = rounded < min ? -floatBelow(-min) : rounded;
  return atLeastMin >= max && min < max ? floatBelow(max) : atLeastMin;
}

/**
 * A stream of pseudo-random numbers: xoroshiro128+ (Blackman and Vigna, arXiv 1805.01407), seeded
 * through SHA-256 so that neighbouring seeds give unrelated streams.
 */
export class RandomStream {
  readonly #origin: string;
  #generator: RandomGenerator;

  /** Use {@link createRandom}. */
  constructor(origin: string) {
    this.#origin = origin;
    this.#generator = xoroshiro128plusFromState(wordsOf(origin));
  }

  /** One number, uniform in [0, 1). */
  next(): number {
    refuseNumbersInTrace("next");
    return this.#next();
  }

  /**
   * One whole number, uniform in 0 … below - 1.
   *
   * @throws RangeError when `below` is not a whole number of at least 1.
   */
  integer(below: number): number {
    requireCount("RandomStream.integer: below", below);
    refuseNumbersInTrace("integer, seed, shuffledIndices");
    return uniformInt(this.#generator, 0, below - 1);
  }

  /** A tensor of the given shape, uniform in [min, max), as float32. The caller disposes it. */
  uniform(shape: number[], min = 0, max = 1): tf.Tensor {
    const sizes = [...shape];
    return drawTensor(this, `uniform [${sizes.join()}] ${min} ${max}`, () => {
      const values = new Float32Array(tf.util.sizeFromShape(sizes));
      for (let i = 0; i < values.length; i++) {
        values[i] = within(min + (max - min) * this.#next(), min, max);
      }
      return tf.tensor(values, sizes);
    });
  }

  /** A tensor of the given shape from the normal distribution (Box and Muller, 1958). The caller disposes it. */
  normal(shape: number[], mean = 0, standardDeviation = 1): tf.Tensor {
    const sizes = [...shape];
    return drawTensor(this, `normal [${sizes.join()}] ${mean} ${standardDeviation}`, () => {
      const values = new Float32Array(tf.util.sizeFromShape(sizes));
      for (let i = 0; i < values.length; i += 2) {
        const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - this.#next()));
        const angle = 2 * Math.PI * this.#next();
        values[i] = mean + radius * Math.cos(angle);
        if (i + 1 < values.length) values[i + 1] = mean + radius * Math.sin(angle);
      }
      return tf.tensor(values, sizes);
    });
  }

  /** The numbers 0 … n - 1 in random order (Fisher and Yates). */
  shuffledIndices(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swapped;
    }
    return order;
  }

  /** A whole number from 1 to 2^31 - 1, for tf.js functions that take a seed (0 means "no seed" to them). */
  seed(): number {
    return 1 + this.integer(2 ** 31 - 1);
  }

  /**
   * A stream of its own for the named purpose. It depends on this stream's origin, not on what was drawn: of every name, and
   * of every row of names, another one.
   */
  split(name: string): RandomStream {
    const one = name.replace(/[%/]/g, encodeURIComponent); // a slash within a name parts no names
    return new RandomStream(`${this.#origin}/${one}`);
  }

  #next(): number {
    return uniformFloat64(this.#generator);
  }

  /** Where the stream stands, as plain JSON. */
  state(): RandomState {
    return { origin: this.#origin, words: [...this.#generator.getState()] };
  }

  /**
   * Puts the stream back where `state` was taken.
   *
   * @throws Error when the state was taken from a stream with another origin.
   */
  restore(state: RandomState): void {
    if (state.origin !== this.#origin) {
      throw new Error(
        `RandomStream.restore: this stream is "${this.#origin}", the state is of "${state.origin}". ` +
          "Create the stream with the seed and names of the saved run.",
      );
    }
    this.#generator = xoroshiro128plusFromState(state.words);
  }
}

/**
 * A stream of random numbers for the given seed.
 *
 * @param seed Any whole number; 0 is a seed like any other.
 * @throws RangeError when the seed is not a whole number.
 */
export function createRandom(seed: number): RandomStream {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`createRandom: the seed must be a whole number, got ${seed}.`);
  }
  return new RandomStream(String(seed));
}
