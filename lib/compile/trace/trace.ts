import * as tf from "../../backend/tf";
import { listenToAdam } from "./adam";
import { listenToDraws } from "./draws";
import type { Graph } from "../graph/graph";
import { listenToBackend } from "./listen";
import { listenToLearningRate, listenToUpdates } from "./optimizers";
import { Recording } from "./recording";
import { unpack, type StepOutput, type Unpacked } from "./results";
import { copyOf } from "./tensors";

/** A step: a function of tensors, without side effects but on variables. */
export type Traceable<Result extends StepOutput> = (...tensors: tf.Tensor[]) => Result;

/** What running a step once under notes gave. */
export interface Trace<Result> {
  /** The step's own result. */
  readonly result: Unpacked<Result>;
  readonly graph: Graph;
  readonly recording: Recording;
  /** Whether nothing was new to this run, so that the next can be expected to be the same. */
  readonly settled: boolean;
}

let tracing = false;

/** Whether a step is being traced; what it calls then becomes part of it. */
export function isTracing(): boolean {
  return tracing;
}

/** Runs a step in a scope of its own, and takes its result apart. */
export function runStep<Args extends readonly object[], Result extends StepOutput>(
  step: (...args: Args) => Result,
  args: Args,
): Unpacked<Result> {
  let result: Unpacked<Result> | undefined;
  tf.tidy(() => {
    result = unpack(step(...args));
    return result.tensors;
  });
  return result as Unpacked<Result>;
}

/**
 * Runs a step once, for good, and takes notes of what it does. To be called in a tidy scope.
 *
 * @param known The optimizers that the step is known to use, whose learning rates are to be fed.
 * @throws TraceError where the step does what a graph cannot, unless `lenient`.
 */
export function trace<Result extends StepOutput>(
  step: Traceable<Result>,
  args: readonly tf.Tensor[],
  { known, lenient }: { known: ReadonlySet<tf.Optimizer>; lenient: boolean },
): Trace<Result> {
  const own = args.map(copyOf);
  const recording = new Recording(own, lenient);
  tracing = true;
  try {
    const result = listen(recording, known, () => runStep(step, own));
    const graph = recording.finish(result.tensors);
    if (recording.failure !== undefined && !lenient) throw recording.failure;
    return { result, graph, recording, settled: isSettled(recording, known) };
  } finally {
    tracing = false;
  }
}

function listen<Result>(
  recording: Recording,
  known: ReadonlySet<tf.Optimizer>,
  body: () => Result,
): Result {
  type Body = () => Result;
  const assigned = (): void =>
    recording.refuse(
      "sets a learning rate, which happens in JavaScript, where a graph does not reach; set it outside",
    );
  const rateListeners = Array.from(
    known,
    (optimizer) => (inner: Body) =>
      listenToLearningRate(
        optimizer,
        { read: (rate) => recording.rates.read(optimizer, rate), assigned },
        inner,
      ),
  );
  const listeners: ((inner: Body) => Result)[] = [
    (inner) => listenToDraws(recording, inner),
    (inner) => listenToUpdates((optimizer) => recording.updated(optimizer), inner),
    (inner) => listenToAdam(recording, inner),
    ...rateListeners,
    (inner) => listenToBackend(recording, inner),
  ];
  return listeners.reduceRight<Body>((inner, listener) => () => listener(inner), body)();
}

function isSettled(recording: Recording, known: ReadonlySet<tf.Optimizer>): boolean {
  const before = new Set(recording.variables.keys());
  const noneNew = Object.values(tf.engine().registeredVariables).every((variable) =>
    before.has(variable),
  );
  return noneNew && [...recording.updates.keys()].every((optimizer) => known.has(optimizer));
}
