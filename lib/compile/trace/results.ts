import * as tf from "../../backend/tf";

/** What a step may return. */
export type StepOutput =
  tf.Tensor | readonly tf.Tensor[] | Readonly<Record<string, tf.Tensor>> | undefined;

/** The tensors of a step's result, and how to put others into the same container. */
export interface Unpacked<Result> {
  readonly tensors: tf.Tensor[];
  /** Equal for containers of the same form. */
  readonly form: string;
  readonly pack: (tensors: readonly tf.Tensor[]) => Result;
}

/**
 * Takes a step's result apart.
 *
 * @throws TypeError for anything but a tensor, a list or a record of tensors, or nothing.
 */
export function unpack<Result extends StepOutput>(result: Result): Unpacked<Result> {
  if (result instanceof tf.Tensor)
    return { tensors: [result], form: "tensor", pack: ([tensor]) => tensor as Result };
  if (result === undefined)
    return { tensors: [], form: "nothing", pack: () => undefined as Result };
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new TypeError(
      "compile: the step returned a promise; a step must run without awaiting. Await outside of it.",
    );
  }
  const entries: [string, unknown][] =
    typeof result === "object" ? Object.entries(result) : [["result", result]];
  const wrong = entries.find(([, value]) => !(value instanceof tf.Tensor));
  if (wrong !== undefined) {
    throw new TypeError(
      `compile: a step returns a tensor, a list or a record of tensors, or nothing; "${wrong[0]}" is ${typeof wrong[1]}.`,
    );
  }
  const names = entries.map(([name]) => name);
  const pack = (tensors: readonly tf.Tensor[]): Result =>
    (Array.isArray(result)
      ? [...tensors]
      : Object.fromEntries(names.map((name, i) => [name, tensors[i]]))) as Result;
  return {
    tensors: entries.map(([, tensor]) => tensor as tf.Tensor),
    form: JSON.stringify(names),
    pack,
  };
}
