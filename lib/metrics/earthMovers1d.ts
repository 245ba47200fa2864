/** The earth mover's distance between two sets of numbers. */

/** The samples in rising order. */
function sorted(what: string, samples: ArrayLike<number>): Float64Array {
  if (samples.length === 0)
    throw new Error(`earthMovers1d: ${what} is empty; at least one number is needed.`);
  const values = Float64Array.from(samples);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new Error(
      `earthMovers1d: ${what} must be finite numbers; number ${bad} is ${String(values[bad])}.`,
    );
  return values.sort();
}

/**
 * The exact Wasserstein-1 distance between two sets of samples on the real line: the integral over x of the absolute
 * difference of their cumulative distribution functions (Vallender, 1974). It is the least total of mass times way
 * that turns one heap into the other; each sample weighs 1 / N of its set, and the sets may differ in size.
 *
 * @param samplesA Finite numbers in any order, at least one; not changed.
 * @param samplesB The same.
 * @returns The distance, at least 0, in the unit of the samples.
 * @throws Error when a set is empty or holds a number that is not finite.
 */
export function earthMovers1d(samplesA: ArrayLike<number>, samplesB: ArrayLike<number>): number {
  const a = sorted("samplesA", samplesA);
  const b = sorted("samplesB", samplesB);
  let [i, j, distance] = [0, 0, 0];
  let at = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity); // where one of the two functions steps up
    distance += Math.abs(i / a.length - j / b.length) * (next - at);
    while (a[i] === next) i++;
    while (b[j] === next) j++;
    at = next;
  }
  return distance;
}
