/** TensorFlow kernels by name: what tf.js does not offer but the native library holds. */
import * as tf from "./tf";

/** An attribute of a TensorFlow operation, as the binding takes it. */
export interface KernelAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** Attributes by name: a number is a float, the rest is what it looks like. */
export type KernelAttributes = Readonly<Record<string, number | boolean | string>>;

interface NativeBackend {
  executeMultipleOutputs(
    name: string,
    attributes: KernelAttribute[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  binding: {
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
    readonly TF_Version: string;
  };
}

/** True where kernels can be called by name: while the native backend is the active one. */
export function hasNativeKernels(): boolean {
  return tf.getBackend() === "tensorflow";
}

/**
 * The native backend's own object.
 *
 * @throws Error on another backend.
 */
export function nativeBackend(): NativeBackend {
  if (!hasNativeKernels()) {
    throw new Error(
      `gan-lib: native kernels need the tensorflow backend, this is ${tf.getBackend()}; run \`npm run setup\`.`,
    );
  }
  return tf.backend() as unknown as NativeBackend;
}

function typedAttributes(
  attributes: KernelAttributes,
  types: readonly string[],
): KernelAttribute[] {
  const { TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_TYPE, TF_FLOAT } =
    nativeBackend().binding;
  const attributeType = { number: TF_ATTR_FLOAT, boolean: TF_ATTR_BOOL, string: TF_ATTR_STRING };
  return [
    ...types.map((name) => ({ name, type: TF_ATTR_TYPE, value: TF_FLOAT })),
    ...Object.entries(attributes).map(([name, value]) => ({
      name,
      type: attributeType[typeof value as keyof typeof attributeType],
      value,
    })),
  ];
}

/**
 * Runs one float32 TensorFlow kernel with one output. It is not differentiable: give it a gradient by `tf.customGrad`.
 *
 * @param name As in TensorFlow's registry, for example `LeakyReluGrad`.
 * @returns The output; the caller disposes it.
 */
export function runKernel(
  name: string,
  attributes: KernelAttributes,
  inputs: tf.Tensor[],
): tf.Tensor {
  return runKernelForAll(name, attributes, inputs, 1)[0]!;
}

/**
 * Runs one float32 TensorFlow kernel with several outputs, like {@link runKernel}.
 *
 * @param types The names of the kernel's type attributes; each is set to float32.
 * @returns All outputs; the caller disposes them.
 */
export function runKernelForAll(
  name: string,
  attributes: KernelAttributes,
  inputs: tf.Tensor[],
  outputs: number,
  types: readonly string[] = ["T"],
): tf.Tensor[] {
  return nativeBackend().executeMultipleOutputs(
    name,
    typedAttributes(attributes, types),
    inputs,
    outputs,
  );
}
