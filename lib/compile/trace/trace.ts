import * as tf from "../../backend/tf";
import { listenToAdam } from "./adam";
import { listenToDraws } from "./draws";
import type { Graph } from "../graph/graph";
import { listenToBackend } from "./listen";
import { listenToLearningRate, listenToUpdates } from "./optimizers";
import { Recording } from "./recording";
import { unpack, type StepOutput, type Unpacked } from "./results";
import { copyOf } from "./tensors";
import { withUndo } from "../../backend/undo";

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
  return whileTracing([...recording.variables.keys()], () => {
    const result = listen(recording, known, () => runStep(step, own));
    const graph = recording.finish(result.tensors);
    if (recording.failure !== undefined && !lenient) throw recording.failure;
    return { result, graph, recording, settled: isSettled(recording, known) };
  });
}

/**
 * Runs `body`; where it does not end, because it throws or its stack is dropped, the variables get back what they held before
 * it, and those that it made, such as an optimizer's, what they began with: no half of a step stays taken.
 */
function whileTracing<Result>(variables: readonly tf.Variable[], body: () => Result): Result {
  const keep = (variable: tf.Variable) => [variable, tf.keep(variable.clone())] as const;
  const before = variables.map(keep);
  const engine = tf.engine();
  const make = engine.makeVariable.bind(engine);
  let finished = false;
  const undo = (): void => {
    tracing = false;
    Reflect.deleteProperty(engine, "makeVariable");
    for (const [variable, value] of before) {
      if (!finished && !variable.isDisposed) variable.assign(value);
      value.dispose();
    }
  };
  tracing = true;
  engine.makeVariable = (...args) => {
    const variable = make(...args);
    before.push(keep(variable));
    return variable;
  };
  return withUndo(undo, () => {
    const result = body();
    finished = true;
    return result;
  });
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
