import * as tf from "../../backend/tf";
import type { Assignment, Feed } from "../graph/graph";
import { HeldVariables } from "./heldVariables";
import { traceableBackend } from "../native";
import { OptimizerSnapshot, setUpdates } from "../trace/optimizers";
import { loadGraph } from "../graph/savedModel";
import { withState } from "./state";
import type { Trace } from "../trace/trace";

/** A traced step, ready to run as one call. It keeps nothing of the trace but what a call needs. */
export class TracedStep<Result> {
  readonly feeds: readonly Feed[];
  readonly assignments: readonly Assignment[];
  readonly #results: readonly string[];
  readonly #pack: (tensors: readonly tf.Tensor[]) => Result;
  readonly #updates: ReadonlyMap<tf.Optimizer, number>;
  readonly #snapshots: readonly OptimizerSnapshot[];
  /** What is fed at every call, besides the variables that the session holds. */
  readonly #fed: readonly Feed[];
  readonly #session: number;
  readonly #held: HeldVariables;
  readonly #feedNames: string;
  /** What is fetched, each output once, and the place of each output in the list. */
  readonly #fetchNames: string;
  readonly #places: ReadonlyMap<string, number>;

  /** @throws Error when TensorFlow does not take the graph. */
  constructor({ graph, recording, result }: Trace<Result>) {
    this.feeds = graph.feeds;
    this.assignments = graph.assignments;
    this.#pack = result.pack;
    this.#updates = recording.updates;
    this.#snapshots = Array.from(
      recording.updates.keys(),
      (optimizer) => new OptimizerSnapshot(optimizer, recording.rates.fixed.has(optimizer)),
    );
    const { nodes, results, done } = withState(graph);
    this.#results = results;
    const outputs = [...new Set([...results, ...(done === undefined ? [] : [done])])];
    this.#places = new Map(outputs.map((output, place) => [output, place]));
    this.#fetchNames = outputs.join(",");
    const held = graph.assignments.map(({ variable }) => variable);
    this.#fed = graph.feeds.filter(({ owner }) => !held.some((variable) => variable === owner));
    this.#feedNames = this.#fed.map(({ name }) => `${name}:0`).join(",");
    this.#session = loadGraph(nodes);
    this.#held = new HeldVariables(this.#session, held);
  }

  /** The optimizers that the step uses. */
  get optimizers(): Iterable<tf.Optimizer> {
    return this.#updates.keys();
  }

  /** Every variable that the step reads or assigns. */
  variables(): tf.Variable[] {
    const read = this.feeds
      .map(({ owner }) => owner)
      .filter((owner): owner is tf.Variable => owner instanceof tf.Variable);
    return [...new Set([...read, ...this.assignments.map(({ variable }) => variable)])];
  }

  /** Whether the graph still fits its variables and optimizers. */
  holds(): boolean {
    return (
      this.#snapshots.every((snapshot) => snapshot.holds()) &&
      this.variables().every(({ isDisposed }) => !isDisposed)
    );
  }

  /**
   * Runs the step. To be called in a tidy scope.
   *
   * @returns What the step returns.
   * @throws Error when TensorFlow cannot run the graph.
   */
  run(args: readonly tf.Tensor[]): Result {
    const backend = traceableBackend();
    this.#held.push();
    const ids = backend.getInputTensorIds(this.#fed.map((feed) => feed.read(args)));
    const outputs =
      this.#fetchNames === ""
        ? []
        : backend.binding.runSavedModel(this.#session, ids, this.#feedNames, this.#fetchNames);
    const tensors = outputs.map((metadata) => backend.createOutputTensor(metadata));
    this.#held.adopt();
    for (const [optimizer, updates] of this.#updates)
      setUpdates(optimizer, optimizer.iterations + updates);
    return this.#pack(
      this.#results.map((output) =>
        (tensors[this.#places.get(output) as number] as tf.Tensor).clone(),
      ),
    );
  }

  /** Frees TensorFlow's session; the variables keep their values. */
  dispose(): void {
    this.#held.release();
    traceableBackend().binding.deleteSavedModel(this.#session);
  }
}
