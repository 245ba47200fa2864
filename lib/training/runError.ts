import * as tf from "../backend/tf";

/** Ends a run that went wrong, at the step at which it did. */
export class RunError extends Error {
  override readonly name = "RunError";

  constructor(
    message: string,
    /** The step at which the run ended. */
    readonly step: number,
  ) {
    super(message);
  }
}

/**
 * Ends a run whose numbers are not finite.
 *
 * @param batches What the step was given.
 * @throws RunError naming the step, what was measured, and a cause where the batch has one.
 */
export function requireFinite(
  numbers: Readonly<Record<string, number>>,
  batches: readonly unknown[],
  step: number,
): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue;
    const cause = tensorsIn(batches).some(isStrange)
      ? "The batch itself holds values that are NaN or infinite."
      : "The batch is finite, so the weights or the loss are not: lower the learning rates, or look for the root or logarithm of 0.";
    throw new RunError(
      `trainSteps: at step ${step}, ${name} is ${value}, and the run ends. ${cause} The last checkpoint is the last good state.`,
      step,
    );
  }
}

function tensorsIn(value: unknown): tf.Tensor[] {
  if (value instanceof tf.Tensor) return [value as tf.Tensor];
  if (typeof value !== "object" || value === null) return [];
  return (Object.values(value) as unknown[]).flatMap(tensorsIn);
}

function isStrange(tensor: tf.Tensor): boolean {
  return tensor.dataSync().some((value) => !Number.isFinite(value));
}
