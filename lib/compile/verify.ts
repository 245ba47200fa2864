import * as tf from "../backend/tf";
import type { Rewindable } from "./trace/draws";
import { setUpdates } from "./trace/optimizers";
import type { TracedStep } from "./session/tracedStep";
import { runStep, type Traceable } from "./trace/trace";
import { unpack, type StepOutput } from "./trace/results";

/** Everything that a step changes, to be put back. */
export class Snapshot {
  readonly #values: readonly (readonly [tf.Variable, tf.Tensor])[];
  readonly #streams: readonly (readonly [Rewindable, unknown])[];
  readonly #updates: readonly (readonly [tf.Optimizer, number])[];

  constructor(plan: TracedStep<unknown>) {
    const sources = new Set(
      plan.feeds.flatMap(({ draw }) => (draw === undefined ? [] : [draw.source])),
    );
    this.#values = plan.variables().map((variable) => [variable, variable.clone()]);
    this.#streams = Array.from(sources, (source) => [source, source.state()]);
    this.#updates = Array.from(plan.optimizers, (optimizer) => [optimizer, optimizer.iterations]);
  }

  restore(): void {
    for (const [variable, value] of this.#values) variable.assign(value);
    for (const [source, state] of this.#streams) source.restore(state as never);
    for (const [optimizer, updates] of this.#updates) setUpdates(optimizer, updates);
  }
}

/** The largest difference of two tensors, as a part of the second's largest value or of 1 where that is less. */
function difference(a: tf.Tensor, b: tf.Tensor): number {
  const [left, right] = [a, b].map((tensor) => tf.cast(tensor, "float32")) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const scale = Math.max(1, tf.max(tf.abs(right)).dataSync()[0] as number);
  return (tf.max(tf.abs(tf.sub(left, right))).dataSync()[0] as number) / scale;
}

/**
 * Runs a step as a graph, and again as it is from the same state, and compares what both returned and assigned. What
 * counts is the run of the step as it is. To be called in a tidy scope.
 *
 * @throws Error naming the result or variable that differs by more than `tolerance`.
 */
export function runBoth<Result extends StepOutput>(
  plan: TracedStep<Result>,
  step: Traceable<Result>,
  args: readonly tf.Tensor[],
  tolerance: number,
): Result {
  const before = new Snapshot(plan);
  const compiled = unpack(plan.run(args)).tensors.map((tensor, i) => ({
    name: `result ${i}`,
    tensor,
  }));
  const assigned = plan.assignments.map(({ variable }) => ({
    name: `variable ${variable.name}`,
    tensor: variable.clone(),
    variable,
  }));
  before.restore();
  const eager = runStep(step, [...args]);
  const expected = [...eager.tensors, ...assigned.map(({ variable }) => variable)];
  for (const [i, { name, tensor }] of [...compiled, ...assigned].entries()) {
    const distance = difference(tensor, expected[i] as tf.Tensor);
    if (!(distance <= tolerance)) {
      throw new Error(
        `compile: the graph gives another ${name} than the step itself: off by ${distance.toPrecision(3)}, allowed is ${tolerance}. ` +
          "The step depends on something besides its arguments, variables and random streams, such as a JavaScript variable that changes; pass it as an argument.",
      );
    }
  }
  return eager.pack(eager.tensors.map((tensor) => tensor.clone()));
}
