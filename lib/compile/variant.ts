import type * as tf from "../backend/tf";
import { firstDifference, type Graph } from "./graph/graph";
import { TracedStep } from "./session/tracedStep";
import type { StepOutput } from "./trace/results";
import { TraceError } from "./trace/untraceable";
import { trace, type Trace, type Traceable } from "./trace/trace";
import { runBoth, Snapshot } from "./verify";

/** How often a step may run without doing what it did before, until it is given up. */
const MOST_UNSETTLED_RUNS = 5;

/** So many calls of a graph are all compared with the step. */
const ALWAYS_COMPARED = 20;
const COMPARED_EVERY = 256;

const WHAT_TO_DO =
  "What JavaScript decides must not change: choose between steps by a schedule, pass what changes as an argument, or run without compiling.";

/** Whether this call of a graph is compared with the step. */
function isComparedAt(call: number): boolean {
  return call <= ALWAYS_COMPARED || [32, 64, 128].includes(call) || call % COMPARED_EVERY === 0;
}

function copyOf<Result>({ result }: Trace<Result>): Result {
  return result.pack(result.tensors.map((tensor) => tensor.clone()));
}

/** What a {@link Variant} is told by the compiled step that it belongs to. */
export interface VariantRules {
  readonly verify: number;
  readonly tolerance: number;
  /** Whether the step is compared with its graph now and then. */
  readonly recheck: boolean;
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
  /** What the graph was made of. */
  #graph: Graph | undefined;
  #unsettled = 0;
  #verified = 0;
  /** Calls since the graph was made. */
  #calls = 0;

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
    if (this.rules.recheck && isComparedAt(++this.#calls)) {
      const other = this.#recheck(this.#plan, args);
      if (other !== undefined) return other;
    }
    return this.#plan.run(args);
  }

  /** Frees the graph; the next run begins anew. */
  dispose(): void {
    this.#plan?.dispose();
    this.#plan = undefined;
    this.#graph = undefined;
    this.#last = undefined;
    this.#unsettled = 0;
  }

  /**
   * Runs the step as it is, and compares what it does with the graph. What it changed is put back, but where it did something
   * else and all calls before were compared: then this run counts, and the step goes on as it is.
   *
   * @returns The step's result where its run counts.
   * @throws TraceError where the step does something else.
   */
  #recheck(plan: TracedStep<Result>, args: readonly tf.Tensor[]): Result | undefined {
    const before = new Snapshot(plan);
    const known = new Set(plan.optimizers);
    const now = trace(this.step, args, { known, lenient: this.rules.lenient });
    const difference =
      now.recording.failure?.message ?? firstDifference(this.#graph as Graph, now.graph);
    if (difference === undefined) {
      before.restore();
      return undefined;
    }
    const reason = `compile: at call ${this.#calls} of its graph the step ${difference}.`;
    if (this.#calls > ALWAYS_COMPARED || !this.rules.lenient)
      throw new TraceError(
        `${reason} The calls since the last comparison may have missed it. ${WHAT_TO_DO}`,
      );
    this.dispose();
    this.rules.gaveUp(`${reason} ${WHAT_TO_DO}`);
    return copyOf(now);
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
    return copyOf(now);
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
    this.#graph = this.rules.recheck ? now.graph : undefined;
    this.#calls = 0;
    this.#last = undefined;
    this.rules.made();
  }
}
