import type * as tf from "../backend/tf";
import { withUndo } from "../backend/undo";

/** Puts a method of its own on an object. Returns what takes it away again. */
function override<Name extends "read" | "write">(
  variable: tf.LayerVariable,
  name: Name,
  method: tf.LayerVariable[Name],
): () => void {
  const before = Object.getOwnPropertyDescriptor(variable, name);
  Object.defineProperty(variable, name, { value: method, configurable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(variable, name);
    else Object.defineProperty(variable, name, before);
  };
}

/**
 * Evaluates a function in which a model has other weights: tensors in place of its trainable variables, through which
 * gradients flow to wherever the tensors come from. The model's own variables are not written meanwhile, so that layers
 * leave their running moments as they are.
 *
 * @param weights A tensor for each of `model.trainableWeights`, in their order. Not disposed.
 * @param body Must not await.
 * @returns What the body returns.
 * @throws Error when the number of tensors or a shape is not the model's.
 */
export function withWeights<Result>(
  model: tf.LayersModel,
  weights: readonly tf.Tensor[],
  body: () => Result,
): Result {
  const variables = model.trainableWeights;
  const [wanted, got] = [variables, weights].map((list) =>
    list.map(({ shape }) => `[${shape.join(", ")}]`).join(" "),
  );
  if (got !== wanted)
    throw new Error(
      `withWeights: the model "${model.name}" has trainable weights ${wanted}, got ${got}.`,
    );
  const undo = [
    ...variables.map((variable, i) => override(variable, "read", () => weights[i] as tf.Tensor)),
    ...model.weights.map((variable) => override(variable, "write", () => variable)),
  ];
  return withUndo(() => {
    for (const restore of undo) restore();
  }, body);
}
