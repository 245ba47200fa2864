import * as tf from "../tf";
import type { Feed, Graph } from "./graph";
import { traceableBackend } from "./native";
import { OptimizerSnapshot, setUpdates } from "./optimizers";
import { loadGraph } from "./savedModel";
import type { Trace } from "./trace";

/** A traced step, ready to run as one call. */
export class Plan<Result> {
  readonly #session: number;
  readonly #feedNames: string;
  /** What is fetched, each output once, and the place of each output in the list. */
  readonly #fetchNames: string;
  readonly #places: ReadonlyMap<string, number>;
  readonly #optimizers: readonly OptimizerSnapshot[];

  /** @throws Error when TensorFlow does not take the graph. */
  constructor(private readonly source: Trace<Result>) {
    const { graph, recording } = source;
    const outputs = [...new Set([...graph.assignments.map(({ output }) => output), ...graph.results])];
    this.#places = new Map(outputs.map((output, place) => [output, place]));
    this.#fetchNames = outputs.join(",");
    this.#feedNames = graph.feeds.map(({ name }) => `${name}:0`).join(",");
    this.#optimizers = [...recording.updates.keys()].map((optimizer) => new OptimizerSnapshot(optimizer, recording.fixedRates.has(optimizer)));
    this.#session = loadGraph(graph);
  }

  get graph(): Graph {
    return this.source.graph;
  }

  /** The optimizers that the step uses. */
  get optimizers(): ReadonlySet<tf.Optimizer> {
    return new Set(this.source.recording.updates.keys());
  }

  /** Every variable that the step reads or assigns. */
  variables(): tf.Variable[] {
    const read = this.graph.feeds.map(({ owner }) => owner).filter((owner): owner is tf.Variable => owner instanceof tf.Variable);
    return [...new Set([...read, ...this.graph.assignments.map(({ variable }) => variable)])];
  }

  /** Whether the graph still fits its variables and optimizers. */
  holds(): boolean {
    return this.#optimizers.every((optimizer) => optimizer.holds()) && this.variables().every(({ isDisposed }) => !isDisposed);
  }

  /**
   * Runs the step. To be called in a tidy scope.
   *
   * @returns What the step returns.
   * @throws Error when TensorFlow cannot run the graph.
   */
  run(args: readonly tf.Tensor[]): Result {
    const backend = traceableBackend();
    const ids = backend.getInputTensorIds(this.graph.feeds.map((feed: Feed) => feed.read(args)));
    const outputs = this.#fetchNames === "" ? [] : backend.binding.runSavedModel(this.#session, ids, this.#feedNames, this.#fetchNames);
    const tensors = outputs.map((metadata) => backend.createOutputTensor(metadata));
    const at = (output: string): tf.Tensor => tensors[this.#places.get(output) as number] as tf.Tensor;
    for (const { variable, output } of this.graph.assignments) variable.assign(at(output));
    for (const [optimizer, updates] of this.source.recording.updates) setUpdates(optimizer, optimizer.iterations + updates);
    return this.source.result.pack(this.graph.results.map((output) => at(output).clone()));
  }

  /** Frees TensorFlow's session. */
  dispose(): void {
    traceableBackend().binding.deleteSavedModel(this.#session);
  }
}
