import { hasNativeKernels } from "../backend/kernels";
import * as tf from "../backend/tf";
import { compile, type CompiledStep } from "../compile/compile";
import { takeParts, type Step } from "./step";

/** A step that returns all that it measured as one tensor, which is read in one go. */
type Stacked = (...batches: object[]) => tf.Tensor;

/** Numbers by name. */
type Numbers = Record<string, number>;

interface Runnable {
  readonly stacked: Stacked & Partial<Pick<CompiledStep<object[], tf.Tensor>, "dispose">>;
  /** What the step measures, once it has run. */
  readonly names: () => readonly string[];
}

/** Takes steps, each compiled the first time that it is taken. What no graph can hold runs as it is, with a warning that says why. */
export class StepRunner {
  readonly #runnables = new Map<Step, Runnable>();

  /** @param compiles Whether steps are compiled, where the backend has graphs. */
  constructor(private readonly compiles: boolean) {}

  /** Takes a step, and returns the numbers that it measured. To be called in a tidy scope. */
  take(step: Step, batches: readonly unknown[]): Numbers {
    if (step.parts !== undefined)
      return takeParts(step.parts, batches, (part, own) => this.take(part, own));
    const runnable = this.#runnables.get(step) ?? this.#prepare(step);
    this.#runnables.set(step, runnable);
    const values = runnable.stacked(...(batches as object[])).dataSync();
    return Object.fromEntries(runnable.names().map((name, i) => [name, values[i] as number]));
  }

  /** Frees the graphs. */
  dispose(): void {
    for (const { stacked } of this.#runnables.values()) stacked.dispose?.();
    this.#runnables.clear();
  }

  #prepare(step: Step): Runnable {
    let names: readonly string[] | undefined;
    const stacked: Stacked = (...batches) => {
      const measured = entriesOf(step.take(batches));
      names = sameNames(
        names,
        measured.map(([name]) => name),
      );
      return tf.stack(measured.map(([, value]) => value));
    };
    if (!this.compiles || !hasNativeKernels()) return { stacked, names: () => names ?? [] };
    const fast = compile(stacked, {
      untraceable: "run",
      decidesBy: () => step.decidesBy?.() ?? [],
      recheck: step.pure !== true,
    });
    return { stacked: fast, names: () => names ?? [] };
  }
}

/**
 * What a step measured, without what is undefined.
 *
 * @throws TypeError for anything but scalars.
 */
function entriesOf(measured: ReturnType<Step["take"]>): [name: string, value: tf.Scalar][] {
  const entries = Object.entries(measured).filter(([, value]) => value !== undefined);
  for (const [name, value] of entries) {
    if (value instanceof tf.Tensor && value.rank === 0) continue;
    const got = value instanceof tf.Tensor ? `a tensor [${value.shape.join(", ")}]` : typeof value;
    throw new TypeError(
      `trainSteps: a step returns scalars by name, and "${name}" is ${got}; take its mean.`,
    );
  }
  if (entries.length === 0)
    throw new TypeError("trainSteps: the step measured nothing; return its loss by name.");
  return entries.map(([name, value]) => [name, asFloat(value as tf.Scalar)]);
}

const asFloat = (value: tf.Scalar): tf.Scalar =>
  value.dtype === "float32" ? value : tf.cast(value, "float32");

function sameNames(before: readonly string[] | undefined, now: readonly string[]): typeof now {
  if (before !== undefined && String(before) !== String(now))
    throw new Error(
      `trainSteps: the step measured ${before.join(", ")} at first, and now ${now.join(", ")}; measure the same at every step.`,
    );
  return now;
}
