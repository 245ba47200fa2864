/** The secret patterns of a watermark. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { dctMatrix } from "../detection/blockDct";
import { createRandom, type RandomStream } from "../ops/random";

/** Pixels a side of a block: JPEG's. */
const BLOCK = 8;

/** Sums of a wave's horizontal and vertical number that are used: above the shading that the eye sees first, below what JPEG drops first. */
const [LOWEST, HIGHEST] = [2, 6];

/** What decides a watermark's patterns. */
export interface WatermarkKey {
  /** The secret: a seed as `createRandom` takes it. Deviation from practice, where the generator is a cryptographic one. */
  readonly key: number;
  /** How many bits an image carries; at least 1. */
  readonly bits: number;
}

/** One cosine wave of one block. */
interface Place {
  readonly top: number;
  readonly left: number;
  readonly vertical: number;
  readonly horizontal: number;
}

/** All places of the middle frequencies, in the order of rows, columns and waves. */
function places(height: number, width: number): Place[] {
  const range = (count: number): number[] => [...Array(count).keys()];
  const waves = range(BLOCK * BLOCK)
    .map((i) => ({ vertical: Math.floor(i / BLOCK), horizontal: i % BLOCK }))
    .filter(
      ({ vertical, horizontal }) =>
        vertical + horizontal >= LOWEST && vertical + horizontal <= HIGHEST,
    );
  const corners = range(Math.floor(height / BLOCK)).flatMap((row) =>
    range(Math.floor(width / BLOCK)).map((column) => ({ top: row * BLOCK, left: column * BLOCK })),
  );
  return corners.flatMap((corner) => waves.map((wave) => ({ ...corner, ...wave })));
}

/** Adds a cosine wave to the pixels of its block. */
function addWave(
  pixels: Float32Array,
  width: number,
  { top, left, vertical, horizontal }: Place,
  dct: readonly number[][],
  amplitude: number,
): void {
  for (let y = 0; y < BLOCK; y++) {
    for (let x = 0; x < BLOCK; x++)
      pixels[(top + y) * width + left + x]! +=
        amplitude * dct[vertical]![y]! * dct[horizontal]![x]!;
  }
}

function paint(height: number, width: number, bits: number, random: RandomStream): Float32Array {
  const all = places(height, width);
  const dct = tf.tidy(() => dctMatrix(BLOCK).arraySync());
  const pixels = new Float32Array(bits * height * width);
  random.shuffledIndices(all.length).forEach((place, i) => {
    const bit = i % bits; // places are dealt like cards
    const dealt = Math.ceil((all.length - bit) / bits);
    const sign = random.integer(2) === 0 ? -1 : 1;
    addWave(
      pixels.subarray(bit * height * width, (bit + 1) * height * width),
      width,
      all[place]!,
      dct,
      sign / Math.sqrt(dealt),
    );
  });
  return pixels;
}

/**
 * One secret pattern a bit: a sum of cosine waves of middle frequency in 8 x 8 blocks, dealt to the bits and given signs by
 * the key. Spread spectrum in the cosine transform (after Cox et al., IEEE Trans. Image Processing 6(12), 1997). The waves are orthonormal
 * and no two bits share one, so the patterns are orthonormal too.
 *
 * @returns [bits, height * width]; the caller disposes it.
 * @throws RangeError when key or bits are not whole numbers, or the image has fewer waves than bits.
 */
export function watermarkCarriers(
  height: number,
  width: number,
  { key, bits }: WatermarkKey,
): tf.Tensor2D {
  requireCount("watermark: bits", bits);
  const waves = places(height, width).length;
  if (bits > waves)
    throw new RangeError(
      `watermark: an image of ${height} x ${width} pixels has ${waves} waves in whole blocks of 8 x 8, too few for ${bits} bits.`,
    );
  return tf.tensor2d(paint(height, width, bits, createRandom(key).split("watermark")), [
    bits,
    height * width,
  ]);
}
