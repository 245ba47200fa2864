/** Damaged pictures, decoded: what was refused, and what came out of the others. */
import { createRandom, decodeImage } from "gan-lib";
import { damaged, sampleFiles } from "./samples.mjs";

/** @returns {boolean} Whether the last rows hold one colour, neither black nor white: what a decoder fills gaps with. */
function endsInGrey({ width, height, rgba }) {
  const last = rgba.subarray((height - 8) * width * 4);
  const [first] = last;
  return first > 0 && first < 255 && last.every((value, i) => value === last[i % 4]);
}

const sameBytes = (a, b) => Buffer.compare(Buffer.from(a.rgba), Buffer.from(b.rgba)) === 0;

/**
 * @param {number} count Damaged files of each kind.
 * @returns {Promise<Record<string, { refused: number, same: number, other: number, grey: number, slowestMs: number }>>} By
 *   the kind: files refused; decoded to the picture itself; to another one; to one whose end is missing.
 * @throws {Error} when one is refused without a word.
 */
export async function fuzzPictures(count, seed = 1) {
  /** @type {Record<string, { refused: number, same: number, other: number, grey: number, slowestMs: number }>} */
  const results = {};
  for (const [kind, file] of Object.entries(await sampleFiles())) {
    const random = createRandom(seed).split(kind);
    const whole = await decodeImage(file);
    const tally = { refused: 0, same: 0, other: 0, grey: 0, slowestMs: 0 };
    for (let i = 0; i < count; i++) {
      const { damage, bytes } = damaged(file, random);
      const start = performance.now();
      try {
        const pixels = await decodeImage(bytes);
        if (pixels.rgba.length !== pixels.width * pixels.height * 4)
          throw new Error(`${kind}, ${damage}, ${i}: pixels are missing`);
        tally[sameBytes(pixels, whole) ? "same" : endsInGrey(pixels) ? "grey" : "other"]++;
      } catch (error) {
        if (!/^(it|its|the) \w+/.test(error.message))
          throw new Error(`${kind}, ${damage}, ${i}: ${error.message}`, { cause: error });
        tally.refused++;
      }
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start);
    }
    results[kind] = tally;
  }
  return results;
}
