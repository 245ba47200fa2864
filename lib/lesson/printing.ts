/** What console.log prints of a tensor and of a model: one line, in place of all that is inside. */
import { inspect } from "node:util";
import * as tf from "../backend/tf";

/** Values are not read: a step that is being compiled may print, too. */
function sayTensor(tensor: tf.Tensor): string {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  return tensor.isDisposed ? `${head}, disposed` : `${head}, its values by .print()`;
}

function sayShapes(tensors: readonly tf.SymbolicTensor[]): string {
  return tensors
    .map(({ shape }) => `[${shape.map((size) => size ?? "N").join(", ")}]`)
    .join(" and ");
}

function sayModel(model: tf.LayersModel): string {
  const layers = `${model.layers.length} layer${model.layers.length === 1 ? "" : "s"}`;
  // A sequence of layers without an input shape has neither weights nor shapes yet.
  const inputs = model.inputs as readonly tf.SymbolicTensor[] | undefined;
  if (inputs === undefined || inputs.length === 0)
    return `Model ${model.name}: ${layers}, not built yet`;
  const weights = model.countParams().toLocaleString("en");
  return `Model ${model.name}: ${layers}, ${weights} weights, ${sayShapes(inputs)} to ${sayShapes(model.outputs)}; its layers by .summary()`;
}

function printAs<T extends object>(prototype: T, say: (value: T) => string): void {
  Object.defineProperty(prototype, inspect.custom, {
    configurable: true,
    value(this: T) {
      return say(this);
    },
  });
}

printAs(tf.Tensor.prototype, sayTensor);
printAs(tf.LayersModel.prototype, sayModel);
