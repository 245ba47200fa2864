/** Tensors' values, from the backend and back. */
import * as tf from "../backend/tf";
import type { NamedValues } from "./safetensors";

/**
 * Copies a tensor's values; the tensor is not disposed.
 *
 * @throws Error when it is neither float32 nor int32, or holds a number that is not finite.
 */
export function copyValues(name: string, tensor: tf.Tensor): NamedValues {
  if (tensor.dtype !== "float32" && tensor.dtype !== "int32") {
    throw new Error(
      `saveCheckpoint: ${name} is ${tensor.dtype}; only float32 and int32 can be saved.`,
    );
  }
  const values = tensor.dataSync().slice() as Float32Array | Int32Array;
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) {
    throw new Error(
      `saveCheckpoint: ${name} holds ${values[wrong] as number} at place ${wrong}: the run has diverged, and this step is not saved. ` +
        "The checkpoint before it stays: load that one, and go on with a lower learning rate.",
    );
  }
  return { name, shape: tensor.shape, values };
}

/** A tensor with the given values. The caller disposes it. */
export function toTensor({ values, shape }: Omit<NamedValues, "name">): tf.Tensor {
  return tf.tensor(values, [...shape], values instanceof Int32Array ? "int32" : "float32");
}

/** The tensors of a file by name. */
export class SavedTensors {
  readonly #byName: ReadonlyMap<string, NamedValues>;

  constructor(tensors: readonly NamedValues[]) {
    this.#byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  /** @throws Error when there is none of that name. */
  get(name: string): NamedValues {
    const found = this.#byName.get(name);
    if (found === undefined) throw new Error(`loadCheckpoint: the file has no tensor "${name}".`);
    return found;
  }
}
