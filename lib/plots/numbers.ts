/** Numbers in any array: plain or typed. */
export type Numbers = ArrayLike<number>;

/** A count, or a number with at most three significant digits, as an alternative text says it: "2,500", "0.0312", "1e-12". */
export function sayNumber(value: number): string {
  if (Number.isInteger(value)) return (value + 0).toLocaleString("en"); // -0 is 0
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) < 1000 ? String(rounded) : rounded.toLocaleString("en");
}

/** "a", "a and b", "a, b and c". */
export function sayList(items: readonly string[]): string {
  return items.length < 2
    ? items.join("")
    : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1] ?? ""}`;
}

/** The smallest and the largest finite value; undefined where there is none. */
export function rangeOf(values: Numbers): readonly [number, number] | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min <= max ? [min, max] : undefined;
}

/**
 * Checks that there are values and that each of them is finite.
 *
 * @param what Names the values in the error, such as "histogram1d: the samples of real".
 * @throws Error that names the first value which is not.
 */
export function requireFinite(what: string, values: Numbers): void {
  if (values.length === 0) throw new Error(`${what} are empty; at least one number is needed.`);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new Error(`${what} must be finite numbers; number ${i} is ${String(values[i])}.`);
  }
}

/** @throws Error when two arrays that belong together differ in length. */
export function requireSameLength(what: string, expected: number, got: number): void {
  if (expected !== got)
    throw new Error(
      `${what}: ${got} values for ${expected} positions on the x axis; give one value for each.`,
    );
}
