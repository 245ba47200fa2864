/** Where a logarithmic axis is marked. */
import { rangeOf } from "./numbers";

/** At least so many marks, where that can be, and at most so many. */
const [MIN_MARKS, MAX_MARKS] = [3, 8];

/** Seven digits: 3 * 10 ** -3 shall be 0.003. */
const rounded = (value: number): number => Number(value.toPrecision(7));

/**
 * The marks of a logarithmic axis over values: powers of ten, every so many of them where there are many decades, and also
 * what lies between where there are few. (Vega's own, at each 1, 2, 3 … 9, become a wall of grey lines over many decades.)
 *
 * @param ends Where the axis ends: at the least and the greatest value, or at the powers of ten beyond them.
 * @returns Rising values above 0; none where no value is above 0.
 */
export function logMarks(
  values: readonly number[],
  ends: "as they are" | "powers of ten",
): number[] {
  const range = rangeOf(values.filter((value) => value > 0));
  if (range === undefined) return [];
  const powers = [Math.floor(Math.log10(range[0])), Math.ceil(Math.log10(range[1]))] as const;
  const [low, high] =
    ends === "as they are" ? range : ([10 ** powers[0], 10 ** powers[1]] as const);
  const within = (digits: readonly number[]): number[] =>
    Array.from({ length: powers[1] - powers[0] + 1 }, (_, i) => 10 ** (powers[0] + i))
      .flatMap((power) => digits.map((digit) => rounded(digit * power)))
      .filter((mark) => mark >= rounded(low) && mark <= rounded(high));
  const choices = [within([1]), within([1, 3]), within([1, 2, 5])];
  const marks = choices.find(({ length }) => length >= MIN_MARKS) ?? choices[2]!;
  const stride = Math.ceil(marks.length / MAX_MARKS);
  return marks.filter((_, index) => index % stride === 0);
}
