/** TensorFlow kernels by name: what tf.js does not offer but the native library holds. */
import * as tf from "./tf";
import { backendName } from "./load";

/** An attribute of a TensorFlow operation, as the binding takes it. */
export interface KernelAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

interface NativeBackend {
  executeSingleOutput(name: string, attributes: KernelAttribute[], inputs: tf.Tensor[]): tf.Tensor;
  binding: { readonly TF_ATTR_FLOAT: number; readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number; readonly TF_Version: string };
}

/** True where kernels can be called by name: on the native backend. */
export const hasNativeKernels = backendName === "tensorflow";

/**
 * The native backend's own object.
 *
 * @throws Error on another backend.
 */
export function nativeBackend(): NativeBackend {
  if (!hasNativeKernels) {
    throw new Error(`gan-lib: native kernels need the tensorflow backend, this is ${backendName}; run \`npm run setup\`.`);
  }
  return tf.backend() as unknown as NativeBackend;
}

/**
 * Runs one float32 TensorFlow kernel with one output. It is not differentiable: wrap it in `tf.customGrad`.
 *
 * @param name As in TensorFlow's registry, for example `LeakyReluGrad`.
 * @param floats The kernel's float attributes.
 * @returns The output; the caller disposes it.
 */
export function runKernel(name: string, floats: Record<string, number>, inputs: tf.Tensor[]): tf.Tensor {
  const backend = nativeBackend();
  const { TF_ATTR_FLOAT, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const attributes: KernelAttribute[] = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    ...Object.entries(floats).map(([key, value]) => ({ name: key, type: TF_ATTR_FLOAT, value })),
  ];
  return backend.executeSingleOutput(name, attributes, inputs);
}
