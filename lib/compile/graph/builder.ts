import type * as tf from "../../backend/tf";
import { traceableBackend, type TensorData, type TensorMetadata } from "../native";
import type { KernelAttribute } from "../../backend/kernels";
import type { ConstantValue, Feed, FeedSource, GraphNode } from "./graph";
import { currentLine } from "../trace/origin";

/** Puts operations together to a graph. Tensors go by their native ids, of which none is used twice. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly feeds: Feed[] = [];
  readonly #outputs = new Map<number, string>();
  readonly #sources = new Map<number, FeedSource>();
  readonly #binding = traceableBackend().binding;

  /** Whether it is known where the tensor comes from. */
  knows(id: number): boolean {
    return this.#outputs.has(id) || this.#sources.has(id);
  }

  /** Says what to feed for a tensor, in case that the graph reads it. */
  mayFeed(id: number, source: FeedSource): void {
    this.#sources.set(id, source);
  }

  /** Feeds a tensor, whether or not the graph reads it. */
  feed(id: number, source: FeedSource): void {
    const { name } =
      this.feeds.find(
        ({ owner, description }) => owner === source.owner && description === source.description,
      ) ?? this.#placeholder(source);
    this.#outputs.set(id, `${name}:0`);
  }

  /** Holds the values of a tensor. */
  constant(id: number, { shape, dtype, values }: TensorData): void {
    const { buffer, byteOffset, byteLength } = values as unknown as Uint8Array;
    const constant: ConstantValue = {
      dtype,
      shape,
      bytes: Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength)),
    };
    this.#outputs.set(
      id,
      `${this.#add({ op: "Const", attributes: [this.#type("dtype", dtype)], inputs: [], constant })}:0`,
    );
  }

  /** Adds an operation that was executed; `updates` as in {@link GraphNode}. */
  operation(
    op: string,
    attributes: readonly KernelAttribute[],
    inputs: readonly number[],
    outputs: readonly TensorMetadata[],
    updates?: readonly tf.Variable[],
  ): void {
    // The eager runtime finds the type by itself, so tf.js leaves it out here; a graph has to say it.
    const typed =
      op === "ExpandDims" ? [this.#type("T", (outputs[0] as TensorMetadata).dtype)] : attributes;
    const name = this.#add({
      op,
      attributes: typed,
      inputs: inputs.map((id) => this.output(id)),
      ...(updates && { updates }),
    });
    outputs.forEach(({ id }, index) => this.#outputs.set(id, `${name}:${index}`));
  }

  /** The output that gives a tensor, to be fetched: TensorFlow does not fetch what it was fed. */
  fetched(id: number): string {
    const output = this.output(id);
    const feed = this.feeds.find(({ name }) => `${name}:0` === output);
    return feed === undefined
      ? output
      : `${this.#add({ op: "Identity", attributes: [this.#type("T", feed.dtype)], inputs: [output] })}:0`;
  }

  /**
   * The output that gives a tensor.
   *
   * @throws Error for a tensor that is not known.
   */
  output(id: number): string {
    const source = this.#sources.get(id);
    if (source !== undefined && !this.#outputs.has(id)) this.feed(id, source);
    const output = this.#outputs.get(id);
    if (output === undefined)
      throw new Error(`compile: tensor ${id} comes from nowhere, at ${currentLine()()}.`);
    return output;
  }

  #placeholder(source: FeedSource): Feed {
    const feed = { ...source, name: `feed${this.feeds.length}` };
    this.feeds.push(feed);
    const shape = { name: "shape", type: this.#binding.TF_ATTR_SHAPE, value: source.shape };
    this.nodes.push({
      name: feed.name,
      op: "Placeholder",
      attributes: [this.#type("dtype", source.dtype), shape],
      inputs: [],
      line: currentLine(),
    });
    return feed;
  }

  #add(node: Omit<GraphNode, "name" | "line">): string {
    const name = `node${this.nodes.length}`;
    this.nodes.push({ ...node, name, line: currentLine() });
    return name;
  }

  #type(name: string, value: number): KernelAttribute {
    return { name, type: this.#binding.TF_ATTR_TYPE, value };
  }
}
