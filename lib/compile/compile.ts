import * as tf from "../backend/tf";
import { hasNativeKernels } from "../backend/kernels";
import { requireCount } from "../backend/require";
import { unpackArguments } from "./arguments";
import type { StepOutput } from "./trace/results";
import { isTracing, runStep } from "./trace/trace";
import { Variant, type VariantRules } from "./variant";

/** What {@link compile} takes besides the step. */
export interface CompileOptions {
  /** How many of the graph's first calls also run the step as it is, from the same state, and compare. Default 0. */
  readonly verify?: number;
  /** The difference that `verify` allows, as a part of the larger of 1 and a tensor's largest value. Default 1e-5. */
  readonly tolerance?: number;
  /** What becomes of a step that cannot be traced: an error, or it runs as it is, with one warning. Default "throw". */
  readonly untraceable?: "throw" | "run";
  /** Values by which the step decides in JavaScript: where one is another than at the call before, the graph is made anew. */
  readonly decidesBy?: () => readonly unknown[];
  /** Whether the step is run again, now and then, to see that it still does what its graph does. Default true. */
  readonly recheck?: boolean;
}

/** What a compiled step takes where the step takes a tensor: also a number, which becomes a scalar. */
export type StepArguments<Args extends readonly object[]> = {
  readonly [K in keyof Args]: Args[K] extends tf.Tensor ? Args[K] | number : Args[K];
};

/** A step as one call. */
export interface CompiledStep<Args extends readonly object[], Result extends StepOutput> {
  /** Takes the step; the caller disposes what it returns. */
  (...args: StepArguments<Args>): Result;
  /** How many graphs were made so far: one for every set of shapes. */
  graphs(): number;
  /** Frees the graphs; the step cannot be called afterwards. */
  dispose(): void;
}

/** More graphs than this are taken for a mistake, such as batches of ever other sizes. */
const USUAL_GRAPHS = 5;

const saidOnce = new Set<string>();

function warnOnce(message: string): void {
  if (!saidOnce.has(message)) console.warn(message);
  saidOnce.add(message);
}

/**
 * Compiles a training step, written in plain tf.js, to a TensorFlow graph that runs as one call: what `tf.function` is
 * to Python. The first calls (two, or three where an optimizer makes its slots) run the step as it is and note what
 * it does; the graph of two equal runs takes over from there.
 *
 * All variables that the step reads or assigns, also an optimizer's, stay ordinary variables, which other code may
 * read and assign between calls; what the step assigns is kept in TensorFlow's session, and comes to JavaScript when
 * it is read. Arguments, learning rates and what the step draws from random streams are fed at
 * every call. What JavaScript decides while the step runs (loops, branches, plain numbers) is fixed in the graph: it may depend
 * on shapes, and on nothing that changes. To find out, the step is run beside its graph, without effect, at each of the first
 * 20 calls, at the 32nd, 64th and 128th, and at every 256th.
 * Results are those of the step as it is, bit for bit, but for Adam, which is TensorFlow's one kernel (its epsilon scaled so
 * that it is tf.js's step), and where TensorFlow rewrites an expression, such as x / sqrt(y) to x * rsqrt(y): there they are
 * equal to rounding. Where the backend has no graphs (WebAssembly), the step runs as it is.
 *
 * @param step From tensors, and lists and records of tensors, to a tensor, a list or a record of tensors, or nothing. It must
 *   not await.
 * @throws TraceError, from the first calls, naming the line of the step that no graph can hold, and from a later one where
 *   the step no longer does what its graph does; RangeError for options that make no sense.
 */
export function compile<Args extends readonly object[], Result extends StepOutput>(
  step: (...args: Args) => Result,
  options: CompileOptions = {},
): CompiledStep<Args, Result> {
  const { verify = 0, tolerance = 1e-5, untraceable = "throw", recheck = true } = options;
  requireCount("compile: verify", verify, 0);
  if (!(tolerance >= 0))
    throw new RangeError(`compile: tolerance must be at least 0, got ${tolerance}.`);
  const rules = { verify, tolerance, recheck, lenient: untraceable === "run" };
  const compiled = new Compiled(step, rules, options.decidesBy);
  return Object.assign((...args: StepArguments<Args>) => compiled.call(args), {
    graphs: () => compiled.graphs,
    dispose: () => compiled.dispose(),
  });
}

class Compiled<Args extends readonly object[], Result extends StepOutput> {
  graphs = 0;
  readonly #variants = new Map<string, Variant<Result>>();
  readonly #rules: VariantRules;
  #asItIs = !hasNativeKernels();
  #disposed = false;
  #decided: readonly unknown[] = [];

  constructor(
    private readonly step: (...args: Args) => Result,
    rules: Omit<VariantRules, "made" | "gaveUp">,
    private readonly decidesBy: () => readonly unknown[] = () => [],
  ) {
    if (this.#asItIs)
      warnOnce("compile: this backend has no graphs, so compiled steps run as they are.");
    this.#rules = {
      ...rules,
      made: () => this.#countGraph(),
      gaveUp: (reason) => this.#giveUp(reason),
    };
  }

  call(args: StepArguments<Args>): Result {
    if (this.#disposed)
      throw new Error("compile: the compiled step was disposed; compile the step anew.");
    let result: Result | undefined;
    tf.tidy(() => {
      result = this.#run(args);
      return result as tf.TensorContainer;
    });
    return result as Result;
  }

  dispose(): void {
    for (const variant of this.#variants.values()) variant.dispose();
    this.#disposed = true;
  }

  #run(args: StepArguments<Args>): Result {
    const { tensors, key, pack } = unpackArguments<Args>(args);
    if (this.#asItIs || isTracing()) return runAsItIs(this.step, pack(tensors));
    this.#follow(this.decidesBy());
    const variant =
      this.#variants.get(key) ??
      new Variant<Result>((...own: tf.Tensor[]) => this.step(...pack(own)), this.#rules);
    this.#variants.set(key, variant);
    return variant.run(tensors);
  }

  /** Drops all graphs where what the step decides by is another than before. */
  #follow(now: readonly unknown[]): void {
    const before = this.#decided;
    if (before.length === now.length && before.every((value, i) => Object.is(value, now[i])))
      return;
    for (const variant of this.#variants.values()) variant.dispose();
    this.#decided = now;
  }

  #countGraph(): void {
    this.graphs++;
    if (this.graphs !== USUAL_GRAPHS + 1) return;
    console.warn(
      `compile: ${this.graphs} graphs were made of one step, for arguments ${[...this.#variants.keys()].join("; ")}. ` +
        "Each costs some slow calls: pass tensors of the same shapes, and do not replace variables between calls.",
    );
  }

  #giveUp(reason: string): void {
    this.#asItIs = true;
    warnOnce(`${reason} The step runs as it is, more slowly.`);
  }
}

function runAsItIs<Args extends readonly object[], Result extends StepOutput>(
  step: (...args: Args) => Result,
  args: Args,
): Result {
  const { tensors, pack } = runStep(step, args);
  return pack(tensors.map((tensor) => tensor.clone()));
}
