/** Where a graph keeps the variables that it assigns: in its session, so that they need not go in and out at every call. */
import type * as tf from "../../backend/tf";
import type { KernelAttribute } from "../../backend/kernels";
import type { Graph, GraphNode } from "../graph/graph";
import { traceableBackend } from "../native";

/** A graph in the session's form, and what to fetch besides its results. */
export interface StatefulGraph {
  readonly nodes: readonly GraphNode[];
  /** The outputs that the step returns. */
  readonly results: readonly string[];
  /** An output, to be fetched, that waits for all assignments; undefined where there are none. */
  readonly done: string | undefined;
}

/** What is fetched to read the state's variable of this number. */
export const pulled = (index: number): string => `pull${index}:0`;
/** What is fed to write it. */
export const pushed = (index: number): string => `push${index}:0`;
/** What is fetched so that it is written. */
export const pushDone = (index: number): string => `pushed${index}:0`;

/** A variable's place in the session, while the graph is put together. */
interface Place {
  readonly handle: string;
  /** The output that equals what the session holds, if any does. */
  value: string | undefined;
  /** What must have run before the place is written. */
  after: readonly string[];
}

/**
 * Puts the variables that a graph assigns into its session, in the order of {@link Graph.assignments}: they are read
 * once at the beginning and written after, by Adam in place.
 */
export function withState(graph: Graph): StatefulGraph {
  return new Lowering(graph).finish();
}

class Lowering {
  readonly #nodes: GraphNode[] = [];
  readonly #places = new Map<tf.Variable, Place>();
  /** What stands in the place of a variable's placeholder. */
  readonly #reads = new Map<string, GraphNode>();
  readonly #renamed = new Map<string, string>();
  readonly #binding = traceableBackend().binding;

  constructor(private readonly graph: Graph) {
    graph.assignments.forEach(({ variable }, index) => this.#place(variable, index));
    for (const node of graph.nodes) this.#lower(node);
  }

  finish(): StatefulGraph {
    this.graph.assignments.forEach(({ variable, output }, index) =>
      this.#write(variable, this.#now(output), `assign${index}`),
    );
    const written = [...this.#places.values()].flatMap(({ after }) => after);
    const results = this.graph.results.map((output) => this.#now(output));
    if (written.length === 0) return { nodes: this.#nodes, results, done: undefined };
    const constant = { dtype: this.#binding.TF_BOOL, shape: [], bytes: Uint8Array.of(1) };
    this.#add({
      name: "all",
      op: "Const",
      attributes: [this.#type("dtype", constant.dtype)],
      inputs: [],
      constant,
    });
    this.#add({
      name: "done",
      op: "Identity",
      attributes: [this.#type("T", constant.dtype)],
      inputs: ["all:0", ...written],
    });
    return { nodes: this.#nodes, results, done: "done:0" };
  }

  /** Makes a variable's place, with the ways in and out from JavaScript. */
  #place(variable: tf.Variable, index: number): void {
    const [type, handle] = [this.#typeOf(variable), `state${index}`];
    const shape = { name: "shape", type: this.#binding.TF_ATTR_SHAPE, value: variable.shape };
    const text = (name: string, value: string): KernelAttribute => ({
      name,
      type: this.#binding.TF_ATTR_STRING,
      value,
    });
    this.#add({
      name: handle,
      op: "VarHandleOp",
      attributes: [type, shape, text("container", ""), text("shared_name", handle)],
      inputs: [],
    });
    this.#add({ name: `pull${index}`, op: "ReadVariableOp", attributes: [type], inputs: [handle] });
    this.#add({ name: `push${index}`, op: "Placeholder", attributes: [type, shape], inputs: [] });
    this.#add({
      name: `pushing${index}`,
      op: "AssignVariableOp",
      attributes: [type],
      inputs: [handle, `push${index}`],
    });
    this.#add({
      name: `pushed${index}`,
      op: "Identity",
      attributes: [{ ...type, name: "T" }],
      inputs: [`push${index}`, `^pushing${index}`],
    });
    const read = this.graph.feeds.find(({ owner }) => owner === variable)?.name;
    this.#places.set(variable, {
      handle,
      value: read && `${read}:0`,
      after: read === undefined ? [] : [`^${read}`],
    });
    if (read !== undefined)
      this.#reads.set(read, {
        name: read,
        op: "ReadVariableOp",
        attributes: [type],
        inputs: [handle],
        line: () => "",
      });
  }

  #lower(node: GraphNode): void {
    const inputs = node.inputs.map((input) => this.#now(input));
    if (node.updates === undefined)
      this.#nodes.push(this.#reads.get(node.name) ?? { ...node, inputs });
    else this.#update(node, node.updates, inputs);
  }

  /** A kernel that writes variables in place, of which the graph knows as one that gives their new values. */
  #update(node: GraphNode, variables: readonly tf.Variable[], inputs: readonly string[]): void {
    variables.forEach((variable, i) =>
      this.#write(variable, inputs[i] as string, `${node.name}/assign${i}`),
    );
    const places = variables.map((variable) => this.#places.get(variable) as Place);
    const before = places.flatMap(({ after }) => after);
    this.#add({
      ...node,
      inputs: [...places.map(({ handle }) => handle), ...inputs.slice(variables.length), ...before],
    });
    places.forEach((place, i) => {
      const name = `${node.name}/value${i}`;
      this.#add({
        name,
        op: "ReadVariableOp",
        attributes: [this.#typeOf(variables[i] as tf.Variable)],
        inputs: [place.handle, `^${node.name}`],
      });
      this.#renamed.set(`${node.name}:${i}`, `${name}:0`);
      place.value = `${name}:0`;
      place.after = [`^${name}`];
    });
  }

  /** Writes a value to a variable's place, unless it is there. */
  #write(variable: tf.Variable, value: string, name: string): void {
    const place = this.#places.get(variable) as Place;
    if (place.value === value) return;
    this.#add({
      name,
      op: "AssignVariableOp",
      attributes: [this.#typeOf(variable)],
      inputs: [place.handle, value, ...place.after],
    });
    place.value = value;
    place.after = [`^${name}`];
  }

  #now(output: string): string {
    return this.#renamed.get(output) ?? output;
  }

  #typeOf(variable: tf.Variable): KernelAttribute {
    return this.#type("dtype", traceableBackend().getDTypeInteger(variable.dtype));
  }

  #add(node: Omit<GraphNode, "line">): void {
    this.#nodes.push({ line: () => "", ...node });
  }

  #type(name: string, value: number): KernelAttribute {
    return { name, type: this.#binding.TF_ATTR_TYPE, value };
  }
}
