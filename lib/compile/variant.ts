import type * as tf from "../backend/tf";
import { firstDifference } from "./graph/graph";
import { TracedStep } from "./session/tracedStep";
import type { StepOutput } from "./trace/results";
import { TraceError } from "./trace/untraceable";
import { trace, type Trace, type Traceable } from "./trace/trace";
import { runBoth } from "./verify";

/** How often a step may run without doing what it did before, until it is given up. */
const MOST_UNSETTLED_RUNS = 5;

/** What a {@link Variant} is told by the compiled step that it belongs to. */
export interface VariantRules {
  readonly verify: number;
  readonly tolerance: number;
  /** Whether a step that cannot be traced goes on as it is. */
  readonly lenient: boolean;
  /** Called when a graph was made. */
  readonly made: () => void;
  /** Called when the step goes on as it is, with the reason. */
  readonly gaveUp: (reason: string) => void;
}

/** A step for arguments of one set of shapes: first as it is, under notes, and once two runs were alike, as a graph. */
export class Variant<Result extends StepOutput> {
  #last: Trace<Result> | undefined;
  #plan: TracedStep<Result> | undefined;
  #unsettled = 0;
  #verified = 0;

  constructor(
    private readonly step: Traceable<Result>,
    private readonly rules: VariantRules,
  ) {}

  /** Takes the step. To be called in a tidy scope. */
  run(args: readonly tf.Tensor[]): Result {
    if (this.#plan?.holds() === false) this.dispose();
    if (this.#plan === undefined) return this.#trace(args);
    if (this.#verified++ < this.rules.verify)
      return runBoth(this.#plan, this.step, args, this.rules.tolerance);
    return this.#plan.run(args);
  }

  /** Frees the graph; the next run begins anew. */
  dispose(): void {
    this.#plan?.dispose();
    this.#plan = undefined;
    this.#last = undefined;
    this.#unsettled = 0;
  }

  #trace(args: readonly tf.Tensor[]): Result {
    const known = new Set(this.#last?.recording.updates.keys());
    const now = trace(this.step, args, { known, lenient: this.rules.lenient });
    try {
      this.#compare(now);
    } catch (error) {
      if (!this.rules.lenient || !(error instanceof Error)) throw error;
      this.rules.gaveUp(error.message);
    }
    return now.result.pack(now.result.tensors.map((tensor) => tensor.clone()));
  }

  /** Makes a graph of two runs that were alike. */
  #compare(now: Trace<Result>): void {
    if (now.recording.failure !== undefined) throw now.recording.failure;
    const before = this.#last;
    this.#last = now;
    if (!now.settled && ++this.#unsettled > MOST_UNSETTLED_RUNS) {
      throw new TraceError(
        "compile: the step makes new variables or optimizers at every call; make them outside of it.",
      );
    }
    if (!now.settled || before?.settled !== true) return;
    const difference =
      before.result.form === now.result.form
        ? firstDifference(before.graph, now.graph)
        : "returned another form of result than at the call before";
    if (difference !== undefined) throw new TraceError(`compile: the step ${difference}.`);
    this.#plan = new TracedStep(now);
    this.#last = undefined;
    this.rules.made();
  }
}
