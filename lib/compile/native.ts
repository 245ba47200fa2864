/** The parts of tfjs-node's backend that a trace listens to and a graph runs on. */
import type * as tf from "../backend/tf";
import { nativeBackend, type KernelAttribute } from "../backend/kernels";

/** What the binding says about a tensor that it made. */
export interface TensorMetadata {
  /** Never used twice in a process. */
  readonly id: number;
  readonly shape: number[];
  /** As TensorFlow counts its types. */
  readonly dtype: number;
}

/** The native calls. The object itself is read-only. */
export interface Binding {
  executeOp(
    name: string,
    attributes: KernelAttribute[],
    inputs: number[],
    outputCount: number,
  ): TensorMetadata[];
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(
    session: number,
    feeds: number[],
    feedNames: string,
    fetchNames: string,
  ): TensorMetadata[];
  deleteSavedModel(session: number): void;
  deleteTensor(id: number): void;
  getNumOfSavedModels(): number;
  getNumOfTensors(): number;
  readonly TF_BOOL: number;
  readonly TF_FLOAT: number;
  readonly TF_INT64: number;
  readonly TF_STRING: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** What the backend knows of the data behind a tensor. */
export interface TensorData {
  readonly shape: number[];
  readonly dtype: number;
  /** Set until a kernel first needs them on the native side. */
  readonly values: ArrayLike<unknown> | null;
}

/** The backend's own record of data. */
export interface TensorRecord extends TensorData {
  /** The native id, less than 0 where there is none. */
  readonly id: number;
  /** How many tensors share the data. */
  refCount: number;
}

/** tfjs-node's way to pass a 64-bit number to a kernel. */
export interface Int64Scalar {
  readonly valueArray: Int32Array;
}

/** tfjs-node's backend. */
export interface TraceableBackend {
  binding: Binding;
  readonly tensorMap: {
    get(dataId: object): TensorRecord;
    has(dataId: object): boolean;
    set(dataId: object, record: TensorRecord): void;
  };
  executeSingleOutput(name: string, attributes: KernelAttribute[], inputs: tf.Tensor[]): tf.Tensor;
  getInputTensorIds(tensors: (tf.Tensor | Int64Scalar)[]): number[];
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  getDTypeInteger(dtype: tf.DataType): number;
  refCount(dataId: object): number;
  write(values: unknown, shape: number[], dtype: tf.DataType): object;
  readSync(dataId: object): unknown;
  read(dataId: object): Promise<unknown>;
}

/**
 * The native backend, as a trace needs it.
 *
 * @throws Error on another backend.
 */
export function traceableBackend(): TraceableBackend {
  return nativeBackend() as unknown as TraceableBackend;
}
