/** A graph as data, with what it reads and what it writes. */
import type * as tf from "../../backend/tf";
import type { KernelAttribute } from "../../backend/kernels";
import type { Draw } from "../trace/draws";
import type { Line } from "../trace/origin";

/** Values that a graph holds. */
export interface ConstantValue {
  /** As TensorFlow counts its types. */
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** One operation. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly attributes: readonly KernelAttribute[];
  /** "node:output", in the order that the operation takes them. */
  readonly inputs: readonly string[];
  readonly constant?: ConstantValue;
  /** Variables whose values are the first inputs, and whose new values are the outputs, where the kernel itself writes in place. */
  readonly updates?: readonly tf.Variable[];
  /** The line of the step's code that it comes from. */
  readonly line: Line;
}

/** Where the value of one placeholder comes from. */
export interface FeedSource {
  /** What is fed; the same owner and text mean the same feed. */
  readonly owner: object | undefined;
  readonly description: string;
  readonly shape: readonly number[];
  /** As TensorFlow counts its types. */
  readonly dtype: number;
  /** The tensor to feed in a call with these arguments. */
  readonly read: (args: readonly tf.Tensor[]) => tf.Tensor;
  readonly draw?: Draw;
}

/** A placeholder by name, and what is fed into it. */
export interface Feed extends FeedSource {
  readonly name: string;
}

/** A variable that the step assigns, and the output that holds its new value. */
export interface Assignment {
  readonly variable: tf.Variable;
  readonly output: string;
}

/** All operations of a step, what it reads, and what it writes. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly feeds: readonly Feed[];
  readonly assignments: readonly Assignment[];
  /** The outputs that the step returns. */
  readonly results: readonly string[];
}

/** Says where two graphs of the same step differ first, in words that end in a line of code; undefined where they are equal. */
export function firstDifference(before: Graph, now: Graph): string | undefined {
  const at = now.nodes.findIndex((node, i) => !sameNode(before.nodes[i], node));
  const [node, other] = [now.nodes[at], before.nodes[at]];
  if (node !== undefined) {
    const constants =
      node.constant !== undefined &&
      other?.constant !== undefined &&
      String(node.constant.shape) === String(other.constant.shape);
    const what = constants
      ? `would hold a number fixed that is another at every call (${values(other.constant)}, then ${values(node.constant)})`
      : "took another path than at the call before";
    return `${what}; pass what changes as an argument, at ${node.line()}`;
  }
  const same =
    before.nodes.length === now.nodes.length &&
    sameList(
      before.feeds,
      now.feeds,
      (a, b) => a.owner === b.owner && a.description === b.description,
    ) &&
    sameList(
      before.assignments,
      now.assignments,
      (a, b) => a.variable === b.variable && a.output === b.output,
    ) &&
    String(before.results) === String(now.results);
  return same
    ? undefined
    : "reads or writes other tensors or variables than at the call before; a step must do the same at every call";
}

function sameNode(a: GraphNode | undefined, b: GraphNode): boolean {
  if (a === undefined || a.op !== b.op || String(a.inputs) !== String(b.inputs)) return false;
  if (JSON.stringify(a.attributes) !== JSON.stringify(b.attributes)) return false;
  if (a.constant === undefined || b.constant === undefined) return a.constant === b.constant;
  return (
    String(a.constant.shape) === String(b.constant.shape) &&
    sameBytes(a.constant.bytes, b.constant.bytes)
  );
}

function sameList<Item>(
  a: readonly Item[],
  b: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): boolean {
  return a.length === b.length && a.every((item, i) => same(item, b[i] as Item));
}

/** The first values of a float32 or int32 constant. */
function values({ dtype, bytes }: ConstantValue): string {
  const copy = Uint8Array.from(bytes).buffer;
  const numbers = dtype === 1 ? new Float32Array(copy) : dtype === 3 ? new Int32Array(copy) : bytes;
  const shown = Array.from(numbers.subarray(0, 3), (value) => Number(value.toPrecision(6))).join(
    ", ",
  );
  return numbers.length > 3 ? `${shown}, …` : shown;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
