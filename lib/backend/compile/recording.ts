import * as tf from "../tf";
import type { KernelAttribute } from "../kernels";
import { ADAM_KERNEL, adamAttributes, type AdamListener } from "./adam";
import { GraphBuilder } from "./builder";
import type { Draw, DrawListener } from "./draws";
import type { FeedSource, Graph } from "./graph";
import { traceableBackend, type Int64Scalar, type TensorData, type TensorMetadata } from "./native";
import { keptTensor, keptTensors, learningRateOf } from "./optimizers";
import { currentLine, type Line } from "./origin";
import { whyUntraceable } from "./untraceable";

/** Why a step cannot become a graph. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

const READING =
  "reads the value of a tensor (dataSync, arraySync, print and their kin), which a graph has only when it runs; " +
  "return the tensor and read it outside";
const CAPTURED = "uses a tensor that is neither an argument, nor a variable, nor made inside of the step; pass it as an argument or make it a tf.variable";

/** The notes that are taken while a step runs once: every kernel, and where each of its inputs comes from. */
export class Recording implements DrawListener, AdamListener {
  /** The first thing that cannot be traced, if any. */
  failure: TraceError | undefined;
  /** The optimizers that the step used, each with its number of updates. */
  readonly updates = new Map<tf.Optimizer, number>();
  /** Optimizers whose learning rate the step computed with in JavaScript, so that the graph holds it. */
  readonly fixedRates = new Set<tf.Optimizer>();

  readonly #backend = traceableBackend();
  /** The backend's own, also while it is listened to. */
  readonly #upload = this.#backend.getInputTensorIds.bind(this.#backend);
  readonly #builder = new GraphBuilder();
  /** Variables with the native ids that they had at the start. */
  readonly #variables: ReadonlyMap<tf.Variable, number>;
  /** Data that the step made from JavaScript values. */
  readonly #made = new WeakSet();
  /** Tensors from outside, by native id, with the line that used each. */
  readonly #captured = new Map<number, Line>();
  #expectedRate: { optimizer: tf.Optimizer; rate: number } | undefined;

  /**
   * @param args Tensors that share their data with no others.
   * @param lenient Whether a step that cannot be traced runs on, its failure noted, instead of throwing at that line.
   */
  constructor(
    args: readonly tf.Tensor[],
    private readonly lenient: boolean,
  ) {
    args.forEach((tensor, index) => {
      const read: FeedSource["read"] = (now) => now[index] as tf.Tensor;
      this.#builder.mayFeed(this.#idOf(tensor), this.#source(tensor, { owner: undefined, description: `argument ${index}`, read }));
    });
    this.#variables = new Map(Object.values(tf.engine().registeredVariables).map((variable) => [variable, this.#idOf(unshared(variable))]));
    for (const [variable, id] of this.#variables) {
      this.#builder.mayFeed(id, this.#source(variable, { owner: variable, description: "variable", read: () => variable }));
    }
  }

  /** The variables that there were before the step. */
  get variables(): Iterable<tf.Variable> {
    return this.#variables.keys();
  }

  /**
   * Notes that the step does what no graph can.
   *
   * @throws TraceError with the line of the step, unless the recording is lenient.
   */
  refuse(reason: string, line: Line = currentLine()): void {
    this.failure ??= new TraceError(`compile: the step ${reason}, at ${line()}.`);
    if (!this.lenient) throw this.failure;
  }

  /** Notes a draw from a random stream. */
  drawn(draw: Draw, tensor: tf.Tensor): void {
    const description = `${draw.description}, feed ${this.#builder.feeds.length}`;
    this.#builder.feed(this.#idOf(tensor), this.#source(tensor, { owner: draw.source, description, read: draw.take, draw }));
    this.#made.delete(tensor.dataId);
  }

  /** Notes data that the step made from JavaScript values. */
  made(dataId: object): void {
    this.#made.add(dataId);
  }

  /** Notes that a value is read back to JavaScript, which is harmless only where it came from there. */
  reading(dataId: object): void {
    if (!this.#made.has(dataId)) this.refuse(READING);
  }

  /** Notes that an optimizer's learning rate was read: the next number that becomes a constant should be it. */
  rateRead(optimizer: tf.Optimizer, rate: number): void {
    this.#settleRate();
    this.#expectedRate = { optimizer, rate };
  }

  /** Notes an update by an optimizer. */
  updated(optimizer: tf.Optimizer): void {
    this.updates.set(optimizer, (this.updates.get(optimizer) ?? 0) + 1);
  }

  /** Notes a kernel's input before it goes to the native side; `upload` takes it there and gives its native id. */
  input(tensor: tf.Tensor | Int64Scalar, upload: () => number): number {
    const data = this.#dataOf(tensor);
    const own = "valueArray" in tensor || this.#made.has(tensor.dataId);
    const id = upload();
    if (this.#builder.knows(id)) return id;
    if (data.values !== null && own) {
      if (data.dtype === this.#backend.binding.TF_STRING) this.refuse("makes a tensor of strings, which a graph does not take; make it outside");
      else this.#constant(id, data);
    } else {
      this.#builder.mayFeed(id, { ...data, owner: undefined, description: `captured ${id}`, read: () => tensor as tf.Tensor });
      this.#captured.set(id, currentLine());
    }
    return id;
  }

  /** Notes a kernel that ran. */
  executed(op: string, attributes: readonly KernelAttribute[], inputs: readonly number[], outputs: readonly TensorMetadata[]): void {
    const reason = whyUntraceable(op);
    if (reason !== undefined) this.refuse(`calls the kernel ${op}, which ${reason}`);
    this.#builder.operation(op, attributes, inputs, outputs);
  }

  /** Notes an update by Adam. */
  adamUpdated(variables: readonly tf.Variable[], inputs: readonly number[], outputs: readonly TensorMetadata[]): void {
    this.#builder.operation(ADAM_KERNEL, adamAttributes(this.#backend.binding), inputs, outputs, variables);
  }

  /**
   * Ends the notes, while what the step made is still there.
   *
   * @param results What the step returned.
   * @throws TraceError where a tensor came from outside, unless the recording is lenient.
   */
  finish(results: readonly tf.Tensor[]): Graph {
    this.#settleRate();
    const fetch = (tensor: tf.Tensor): string => this.#builder.fetched(this.input(tensor, () => this.#idOf(tensor)));
    const assigned = [...this.#variables].filter(([variable, id]) => !variable.isDisposed && this.#idOf(variable) !== id);
    const assignments = assigned.map(([variable]) => ({ variable, output: fetch(variable) }));
    const outputs = results.map(fetch);
    const { nodes, feeds } = this.#builder;
    return { nodes, feeds: this.#withoutCaptured(feeds), assignments, results: outputs };
  }

  /** What optimizers keep is looked up anew at every call; nothing else may come from outside. */
  #withoutCaptured(feeds: Graph["feeds"]): Graph["feeds"] {
    const kept = new Map<number, Pick<FeedSource, "owner" | "description" | "read">>();
    for (const optimizer of this.updates.keys()) {
      for (const [field, tensor] of keptTensors(optimizer)) {
        kept.set(this.#idOf(tensor), { owner: optimizer, description: field, read: () => keptTensor(optimizer, field) });
      }
    }
    for (const [id, line] of this.#captured) if (!kept.has(id)) this.refuse(CAPTURED, line);
    return feeds.map((feed) => ({ ...feed, ...kept.get(Number(/^captured (\d+)$/.exec(feed.description)?.[1])) }));
  }

  #constant(id: number, data: TensorData): void {
    const expected = this.#expectedRate;
    const value = data.shape.length === 0 ? Number(data.values?.[0]) : NaN;
    if (expected === undefined || Math.abs(value) !== Math.abs(Math.fround(expected.rate))) {
      this.#builder.constant(id, data);
      return;
    }
    this.#expectedRate = undefined;
    const { optimizer, rate } = expected;
    const sign = value === Math.fround(rate) ? 1 : -1;
    const read = (): tf.Tensor => tf.scalar(sign * (learningRateOf(optimizer) ?? NaN));
    this.#builder.feed(id, { ...data, owner: optimizer, description: `learning rate times ${sign}`, read });
  }

  /** A rate that was read, and of which no tensor was made, was computed with. */
  #settleRate(): void {
    if (this.#expectedRate !== undefined) this.fixedRates.add(this.#expectedRate.optimizer);
    this.#expectedRate = undefined;
  }

  #idOf(tensor: tf.Tensor): number {
    return this.#upload([tensor])[0] as number;
  }

  #source(tensor: tf.Tensor, rest: Omit<FeedSource, "shape" | "dtype">): FeedSource {
    return { ...rest, shape: tensor.shape, dtype: this.#backend.getDTypeInteger(tensor.dtype) };
  }

  #dataOf(tensor: tf.Tensor | Int64Scalar): TensorData {
    if ("valueArray" in tensor) return { shape: [], dtype: this.#backend.binding.TF_INT64, values: tensor.valueArray };
    const { shape, dtype, values } = this.#backend.tensorMap.get(tensor.dataId);
    return { shape, dtype, values };
  }
}

/** The tensor on data that nothing else shares, since a variable and its clone have the same native id. */
function unshared(variable: tf.Variable): tf.Variable {
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
  const type = { name: "T", type: backend.binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(tensor.dtype) };
  return backend.executeSingleOutput("Identity", [type], [tensor]);
}
