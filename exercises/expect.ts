import type { ExerciseCheck } from "gan-lib";
/** Whether two numbers agree to an absolute tolerance; NaN agrees with nothing. */
export function close(actual: number, expected: number, tolerance = 1e-5): boolean {
  return Math.abs(actual - expected) <= tolerance;
}

/** A check that a number is what it should be; the hint says what came out. */
export function expectNumber(
  name: string,
  actual: number,
  expected: number,
  hint: string,
): ExerciseCheck {
  return { name, pass: close(actual, expected), hint: `${hint} Yours gives ${actual}.` };
}
