/** What lies in TensorFlow's memory. */
import { isHeld } from "../compile/session/heldVariables";
import * as tf from "../backend/tf";
import { htmlTable, JUPYTER_DISPLAY, type HtmlOutput } from "./html";
import { sayNumber } from "./words";

/** So many of the largest are shown. */
const MAX_ROWS = 20;

/** What a variable is for: a layer's weight, a variable of one's own, or what is kept beside, as an optimizer's moments. */
export type LiveKind = "weight" | "variable" | "state";

/** A variable that is alive. */
export interface LiveVariable {
  readonly kind: LiveKind;
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: number;
  /** Whether a compiled step holds its values. */
  readonly held: boolean;
}

/** What {@link tensors} finds; a cell whose value it is shows a table. */
export interface LiveTensors extends HtmlOutput {
  /** The variables, the largest first. */
  readonly variables: readonly LiveVariable[];
  /** All other tensors: batches, results of operations, what a loop forgot to dispose. TensorFlow.js can only count them. */
  readonly others: { readonly count: number; readonly bytes: number };
}

/**
 * Lists what is alive in TensorFlow's memory: each variable with shape, type, size and use, and how much all other
 * tensors take. `others` that grow from run to run are a leak: a result that nobody disposes, outside of `tf.tidy`.
 *
 * @example
 * ```ts
 * gan.tensors() // as the last line of a cell
 * ```
 */
export function tensors(): LiveTensors {
  const { numTensors, numBytes } = tf.memory();
  const registered = Object.values(tf.engine().registeredVariables);
  const variables = registered
    .filter((variable) => !variable.isDisposed)
    .map(described)
    .sort((a, b) => b.bytes - a.bytes);
  const bytes = variables.reduce((sum, variable) => sum + variable.bytes, 0);
  const others = { count: numTensors - variables.length, bytes: numBytes - bytes };
  return { variables, others, [JUPYTER_DISPLAY]: () => shown(variables, others) };
}

function described(variable: tf.Variable): LiveVariable {
  const { name, shape, dtype, size, trainable } = variable;
  // Layers name their weights by a path, as dense_Dense1/kernel; TensorFlow.js numbers what has no name.
  const kind = name.includes("/") ? "weight" : trainable ? "variable" : "state";
  const bytes = size * tf.util.bytesPerElement(dtype);
  return { kind, name, shape, dtype, bytes, held: isHeld(variable) };
}

const USES: Readonly<Record<LiveKind, string>> = {
  weight: "weight of a layer",
  variable: "variable",
  state: "state, as of an optimizer",
};

function shown(
  variables: LiveTensors["variables"],
  others: LiveTensors["others"],
): Record<string, string> {
  const rows = variables
    .slice(0, MAX_ROWS)
    .map(({ kind, name, shape, dtype, bytes, held }) => [
      held ? `${USES[kind]}, held by a compiled step` : USES[kind],
      name,
      `[${shape.join(", ")}]`,
      dtype,
      megabytes(bytes),
    ]);
  const rest = variables.slice(MAX_ROWS);
  if (rest.length > 0) rows.push([`${rest.length} smaller variables`, "", "", "", sum(rest)]);
  rows.push([`${others.count} other tensors`, "", "", "", megabytes(others.bytes)]);
  const headers = ["What", "Name", "Shape", "Type", "MB"];
  const html = htmlTable(headers, rows, ["left", "left", "left", "left", "right"]);
  const text = [headers, ...rows].map((row) => row.filter(Boolean).join("  ")).join("\n");
  return { "text/html": html, "text/plain": text };
}

const megabytes = (bytes: number): string => sayNumber(bytes / 1e6);

const sum = (variables: LiveTensors["variables"]): string =>
  megabytes(variables.reduce((total, { bytes }) => total + bytes, 0));
