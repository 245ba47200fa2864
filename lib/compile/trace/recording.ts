import * as tf from "../../backend/tf";
import type { KernelAttribute } from "../../backend/kernels";
import { ADAM_KERNEL, adamAttributes, type AdamListener } from "./adam";
import { GraphBuilder } from "../graph/builder";
import { Captured } from "./captured";
import type { Draw, DrawListener } from "./draws";
import type { FeedSource, Graph } from "../graph/graph";
import {
  traceableBackend,
  type Int64Scalar,
  type TensorData,
  type TensorMetadata,
} from "../native";
import { learningRateOf } from "./optimizers";
import { currentLine, type Line } from "./origin";
import { ExpectedRate } from "./rates";
import { TraceError } from "./untraceable";
import { dataOf, feedOf, unshared } from "./tensors";
import { whyUntraceable } from "./untraceable";

const READING =
  "reads the value of a tensor (dataSync, arraySync, print and their kin), which a graph has only when it runs; " +
  "return the tensor and read it outside";
const CAPTURED =
  "uses a tensor that is neither an argument, nor a variable, nor made inside of the step; pass it as an argument or make it a tf.variable";

/** The notes that are taken while a step runs once: every kernel, and where each of its inputs comes from. */
export class Recording implements DrawListener, AdamListener {
  /** The first thing that cannot be traced, if any. */
  failure: TraceError | undefined;
  /** The optimizers that the step used, each with its number of updates. */
  readonly updates = new Map<tf.Optimizer, number>();
  /** The learning rates that the step reads. */
  readonly rates = new ExpectedRate();

  readonly #backend = traceableBackend();
  /** The backend's own, also while it is listened to. */
  readonly #upload = this.#backend.getInputTensorIds.bind(this.#backend);
  readonly #builder = new GraphBuilder();
  /** The variables that there were before the step, with the native ids that they had. */
  readonly variables: ReadonlyMap<tf.Variable, number>;
  /** Data that the step made from JavaScript values. */
  readonly #made = new WeakSet();
  readonly #captured = new Captured();

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
      this.#builder.mayFeed(
        this.#idOf(tensor),
        feedOf(tensor, { owner: undefined, description: `argument ${index}`, read }),
      );
    });
    this.variables = new Map(
      Object.values(tf.engine().registeredVariables).map((variable) => [
        variable,
        this.#idOf(unshared(variable)),
      ]),
    );
    for (const [variable, id] of this.variables) {
      this.#builder.mayFeed(
        id,
        feedOf(variable, { owner: variable, description: "variable", read: () => variable }),
      );
    }
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
    this.#builder.feed(
      this.#idOf(tensor),
      feedOf(tensor, { owner: draw.source, description, read: draw.take, draw }),
    );
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

  /** Notes an update by an optimizer. */
  updated(optimizer: tf.Optimizer): void {
    this.updates.set(optimizer, (this.updates.get(optimizer) ?? 0) + 1);
  }

  /** Notes a kernel's input before it goes to the native side; `upload` takes it there and gives its native id. */
  input(tensor: tf.Tensor | Int64Scalar, upload: () => number): number {
    const data = dataOf(tensor);
    const own = "valueArray" in tensor || this.#made.has(tensor.dataId);
    const id = upload();
    if (this.#builder.knows(id)) return id;
    if (data.values !== null && own) {
      if (data.dtype === this.#backend.binding.TF_STRING)
        this.refuse("makes a tensor of strings, which a graph does not take; make it outside");
      else this.#constant(id, data);
    } else {
      this.#builder.mayFeed(id, this.#captured.source(tensor as tf.Tensor, id, data));
    }
    return id;
  }

  /** Notes a kernel that ran. */
  executed(
    op: string,
    attributes: readonly KernelAttribute[],
    inputs: readonly number[],
    outputs: readonly TensorMetadata[],
  ): void {
    const reason = whyUntraceable(op);
    if (reason !== undefined) this.refuse(`calls the kernel ${op}, which ${reason}`);
    this.#builder.operation(op, attributes, inputs, outputs);
  }

  /** Notes an update by Adam. */
  adamUpdated(
    variables: readonly tf.Variable[],
    inputs: readonly number[],
    outputs: readonly TensorMetadata[],
  ): void {
    this.#builder.operation(
      ADAM_KERNEL,
      adamAttributes(this.#backend.binding),
      inputs,
      outputs,
      variables,
    );
  }

  /**
   * Ends the notes, while what the step made is still there.
   *
   * @param results What the step returned.
   * @throws TraceError where a tensor came from outside, unless the recording is lenient.
   */
  finish(results: readonly tf.Tensor[]): Graph {
    this.rates.settle();
    const fetch = (tensor: tf.Tensor): string =>
      this.#builder.fetched(this.input(tensor, () => this.#idOf(tensor)));
    const assigned = [...this.variables].filter(
      ([variable, id]) => !variable.isDisposed && this.#idOf(variable) !== id,
    );
    const assignments = assigned.map(([variable]) => ({ variable, output: fetch(variable) }));
    const outputs = results.map(fetch);
    const { nodes, feeds } = this.#builder;
    return {
      nodes,
      feeds: this.#captured.resolve(feeds, this.updates.keys(), (line) =>
        this.refuse(CAPTURED, line),
      ),
      assignments,
      results: outputs,
    };
  }

  #constant(id: number, data: TensorData): void {
    const rate = data.shape.length === 0 ? this.rates.take(Number(data.values?.[0])) : undefined;
    if (rate === undefined) {
      this.#builder.constant(id, data);
      return;
    }
    const { optimizer, sign } = rate;
    const read = (): tf.Tensor => tf.scalar(sign * (learningRateOf(optimizer) ?? NaN));
    this.#builder.feed(id, {
      ...data,
      owner: optimizer,
      description: `learning rate times ${sign}`,
      read,
    });
  }

  #idOf(tensor: tf.Tensor): number {
    return this.#upload([tensor])[0] as number;
  }
}
