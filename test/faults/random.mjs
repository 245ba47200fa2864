/** Random numbers for faults: the same seed, the same faults. */

/**
 * Whole numbers from 0 to below `n` (mulberry32).
 *
 * @param {number} seed
 * @returns {(n: number) => number}
 */
export function createDice(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}
