import type * as tf from "../../backend/tf";
import type { FeedSource } from "../graph/graph";
import { traceableBackend, type Int64Scalar, type TensorData } from "../native";

/** A tensor's native id, which no other data ever has. */
export function idOf(tensor: tf.Tensor): number {
  return traceableBackend().getInputTensorIds([tensor])[0] as number;
}

/** What the backend knows of a kernel's input. */
export function dataOf(tensor: tf.Tensor | Int64Scalar): TensorData {
  const backend = traceableBackend();
  if ("valueArray" in tensor)
    return { shape: [], dtype: backend.binding.TF_INT64, values: tensor.valueArray };
  const { shape, dtype, values } = backend.tensorMap.get(tensor.dataId);
  return { shape, dtype, values };
}

/** A placeholder's source for a tensor of this shape and type. */
export function feedOf(tensor: tf.Tensor, rest: Omit<FeedSource, "shape" | "dtype">): FeedSource {
  return { ...rest, shape: tensor.shape, dtype: traceableBackend().getDTypeInteger(tensor.dtype) };
}

/** The variable on data that nothing else shares, since a variable and its clone have the same native id. */
export function unshared(variable: tf.Variable): tf.Variable {
  if (traceableBackend().refCount(variable.dataId) > 1) {
    const copy = copyOf(variable);
    variable.assign(copy);
    copy.dispose();
  }
  return variable;
}

/** A tensor with the same values on data of its own; the caller disposes it. */
export function copyOf(tensor: tf.Tensor): tf.Tensor {
  const backend = traceableBackend();
  const type = {
    name: "T",
    type: backend.binding.TF_ATTR_TYPE,
    value: backend.getDTypeInteger(tensor.dtype),
  };
  return backend.executeSingleOutput("Identity", [type], [tensor]);
}
