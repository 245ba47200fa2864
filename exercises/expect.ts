import { tf, type ExerciseCheck } from "gan-lib";

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
  tolerance?: number,
): ExerciseCheck {
  return { name, pass: close(actual, expected, tolerance), hint: `${hint} Yours gives ${actual}.` };
}

/** A check that something was done as often as it should be; the hint says how often it was. */
export function expectCount(
  name: string,
  actual: number,
  expected: number,
  hint: string,
): ExerciseCheck {
  return { name, pass: actual === expected, hint: `${hint} Yours: ${actual}.` };
}

/** A check of what was predicted by a word; the hint says which word it was, and why another is right. */
export function expectWord<Word extends string>(
  name: string,
  predicted: Word,
  right: Word,
  why: string,
): ExerciseCheck {
  return { name, pass: predicted === right, hint: `You wrote "${predicted}". ${why}` };
}

/** A check of a figure that was predicted before a run; the hint says what it was, and why another is right. */
export function expectBetween(
  name: string,
  predicted: number,
  [low, high]: readonly [number, number],
  why: string,
): ExerciseCheck {
  const pass = predicted >= low && predicted <= high;
  return { name, pass, hint: `You expected ${predicted}. ${why}` };
}

/** A check that all that was predicted lies in [0, 1], as a probability, an accuracy and an area do. */
export function expectShares(
  name: string,
  predicted: readonly number[],
  meaning: string,
): ExerciseCheck {
  const pass = predicted.every((share) => share >= 0 && share <= 1);
  return { name, pass, hint: `${meaning} Yours: ${predicted.join(", ")}.` };
}

/** The number that an answer gives as a tensor; NaN where the tensor holds none or several. */
export function numberOf(compute: () => tf.Tensor): number {
  return tf.tidy(() => {
    const values = compute().dataSync();
    return values.length === 1 ? (values[0] ?? NaN) : NaN;
  });
}

/** A check that a loss is one number and not one for each sample. */
export function expectOneNumber(compute: () => tf.Tensor): ExerciseCheck {
  const shape = tf.tidy(() => compute().shape);
  return {
    name: "is one number",
    pass: tf.util.sizeFromShape(shape) === 1,
    hint: `Take the mean over the batch. Yours has the shape [${shape.join(", ")}].`,
  };
}

/** The logits of a batch, [N, 1]. */
export const column = (logits: readonly number[]): tf.Tensor2D =>
  tf.tensor2d([...logits], [logits.length, 1]);

/** log(1 + e^a) */
export const softplus = (a: number): number => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
