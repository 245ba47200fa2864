/** Predictions that a learner writes down before a run. */
import { NotAttempted } from "gan-lib";

/** A prediction beside what came out, one row a figure; undefined where nothing is written down yet. */
export interface Beside {
  readonly figure: string;
  readonly predicted: string;
  readonly "came out": string;
}

const say = (value: unknown): string =>
  typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value);

function written<Prediction>(predict: () => Prediction): Partial<Prediction> {
  try {
    return predict();
  } catch (error) {
    if (error instanceof NotAttempted) return {};
    throw error;
  }
}

/**
 * What a learner predicted beside what came out, as rows of a table. Where the prediction still calls `gan.todo()`, the cell
 * runs, and tells neither.
 *
 * @param predict The learner's answer, which returns figures by name.
 * @param cameOut The same figures, as the run gave them.
 * @example pl.DataFrame(exercises.beside(prediction, { fakeProbability, digits }))
 */
export function beside<Prediction extends object>(
  predict: () => Prediction,
  cameOut: { readonly [Figure in keyof Prediction]: unknown },
): Beside[] {
  const predicted: Readonly<Record<string, unknown>> = { ...written(predict) };
  return Object.entries(cameOut).map(([figure, value]) => ({
    figure,
    predicted: figure in predicted ? say(predicted[figure]) : "not predicted yet",
    "came out": figure in predicted ? say(value) : "predict first",
  }));
}
