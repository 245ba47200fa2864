/**
 * Refuses what is no count.
 *
 * @param what The caller and its argument, which begin the error: "pack: the size".
 * @throws RangeError when the value is not a whole number of at least `least`, 1 by default.
 */
export function requireCount(what: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${what} must be a whole number of at least ${least}, got ${value}.`);
}
