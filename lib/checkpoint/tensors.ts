/** Tensors as bytes, one after the other, and back. */
import * as tf from "../backend/tf";

/** The values of a tensor, off the backend. */
export interface NamedValues {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: "float32" | "int32";
  readonly values: Float32Array | Int32Array;
}

/** A tensor's place in the file: it begins where the one before it ends. */
export interface TensorRecord {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: "float32" | "int32";
}

const BYTES_PER_VALUE = 4;

/**
 * Copies a tensor's values; the tensor is not disposed.
 *
 * @throws Error when it is neither float32 nor int32.
 */
export async function copyValues(name: string, tensor: tf.Tensor): Promise<NamedValues> {
  const { dtype } = tensor;
  if (dtype !== "float32" && dtype !== "int32") {
    throw new Error(`saveCheckpoint: ${name} is ${dtype}; only float32 and int32 can be saved.`);
  }
  return {
    name,
    shape: tensor.shape,
    dtype,
    values: (await tensor.data()).slice() as Float32Array | Int32Array,
  };
}

/** A tensor with the given values. The caller disposes it. */
export function toTensor({ values, shape, dtype }: NamedValues): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

/** Puts the values of all tensors into one block of bytes. */
export function packTensors(tensors: readonly NamedValues[]): {
  records: TensorRecord[];
  bytes: Buffer;
} {
  const records = tensors.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const pieces = tensors.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  return { records, bytes: Buffer.concat(pieces) };
}

/**
 * Takes the tensors out of the block again.
 *
 * @throws Error when the block is not as long as the records say.
 */
export function unpackTensors(records: readonly TensorRecord[], bytes: Buffer): NamedValues[] {
  const wanted = records.reduce(
    (sum, { shape }) => sum + tf.util.sizeFromShape(shape) * BYTES_PER_VALUE,
    0,
  );
  if (bytes.length !== wanted) {
    throw new Error(
      `loadCheckpoint: the tensors take ${wanted} bytes by the manifest, the file has ${bytes.length}.`,
    );
  }
  let offset = 0;
  return records.map((record) => {
    const length = tf.util.sizeFromShape(record.shape) * BYTES_PER_VALUE;
    // A copy of its own, since a view on 32-bit numbers must begin at a multiple of four bytes.
    const { buffer } = Uint8Array.from(bytes.subarray(offset, offset + length));
    offset += length;
    return {
      ...record,
      values: record.dtype === "int32" ? new Int32Array(buffer) : new Float32Array(buffer),
    };
  });
}
