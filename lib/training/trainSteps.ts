import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import type { Batch, Game, StepResult } from "./game";
import { throwIfStopped } from "./interrupt";
import { StepRunner } from "./stepRunner";
import { requireFinite } from "./runError";
import { fromRun, type Measured, type Measures, type Run, type Step } from "./step";
import { alternating, type AlternatingOptions } from "./steps";

/** What {@link trainSteps} takes, whatever the step. */
export interface LoopOptions {
  /** How many steps to take, at least 1. */
  readonly steps: number;
  /** How many steps were taken before, where a run goes on from a checkpoint. Default 0. */
  readonly startAt?: number;
  /** Ends the loop at the next step boundary when aborted. */
  readonly signal?: AbortSignal;
  /** Whether steps become graphs (see `compile`); false runs them as they are. Default true. */
  readonly compile?: boolean;
}

/** What {@link trainSteps} takes where it is given a game. */
export interface TrainOptions extends LoopOptions, AlternatingOptions {}

/**
 * Says which step comes at a number, which counts from 1: a training in stages, or a penalty at every 16th step only. Give
 * back the same few values again and again, since each is compiled for itself.
 */
export type Schedule<B, M extends Measures> = (step: number) => Step<B, M>;

function nextBatch<B>(batches: Iterator<B>, step: number): B {
  const next = batches.next();
  if (next.done === true)
    throw new Error(`trainSteps: the batches ended in step ${step}; pass an endless iterator.`);
  return next.value;
}

/**
 * Trains, one step at a time: any {@link Step}, a {@link Schedule} of them, or for a game `alternating(game, options)`. The
 * loop body belongs to the caller: `for (const step of trainSteps(…)) { … }`. Tensors that the iterator makes for a step are
 * disposed with it. The loop ends only between steps, also when it is interrupted. On the native backend a step becomes a
 * graph (see `compile`) from its third or fourth time on; the networks and optimizers can be read and changed between steps
 * as without. A run that goes on in another loop is the unbroken run bit for bit where a graph rounds as the step itself does.
 * Where TensorFlow rewrites an expression, such as x / sqrt(y) in RMSProp and in gradient penalties, it is so to rounding,
 * since a loop's first steps run as they are; training may magnify that.
 *
 * @param batches An endless iterator, for a game of real samples, with their labels where a network takes labels.
 * @returns For each step its number and what it measured, as numbers by name.
 * @throws RangeError for counts that make no sense, images outside [-1, 1] and labels that are no class; Error for labels that
 *   are missing or one-hot, a discriminator that ends in a sigmoid, an optimizer of another network; RunError when what was
 *   measured is not finite; TraceError when a step no longer does what its graph does; the signal's reason when aborted.
 */
export function trainSteps(
  game: Game,
  batches: Iterator<Batch>,
  options: TrainOptions,
): Generator<StepResult, void>;
export function trainSteps<B, M extends Measures>(
  step: Step<B, M> | Schedule<B, M>,
  batches: Iterator<B>,
  options: LoopOptions,
): Generator<Measured<M>, void>;
export function* trainSteps(
  what: Game | Step | Schedule<unknown, Measures>,
  batches: Iterator<unknown>,
  options: TrainOptions,
): Generator<Measured<Measures>, void> {
  const { steps, startAt = 0, signal, compile = true } = options;
  requireCount("trainSteps: steps", steps);
  requireCount("trainSteps: startAt", startAt, 0);
  const stepAt = scheduleOf(what, options);
  const runner = new StepRunner(compile);
  const watchers: Run["watchers"] = new Set();
  try {
    for (let number = startAt + 1; number <= startAt + steps; number++) {
      throwIfStopped(signal);
      const step = stepAt(number);
      const numbers = tf.tidy(() => takeStep(runner, step, { batches, number }));
      yield fromRun({ step: number, ...numbers }, { labels: step.labels, watchers });
    }
  } catch (error) {
    for (const watcher of watchers) watcher(error);
    throw error;
  } finally {
    runner.dispose();
  }
}

/** Takes one step, and sees to it that it goes well. To be called in a tidy scope. */
function takeStep(
  runner: StepRunner,
  step: Step,
  { batches, number }: { readonly batches: Iterator<unknown>; readonly number: number },
): Record<string, number> {
  const taken = Array.from({ length: step.batches }, () => nextBatch(batches, number));
  step.requires?.(taken, { where: `trainSteps: step ${number}`, step: number });
  const numbers = runner.take(step, taken);
  requireFinite(numbers, taken, number);
  return numbers;
}

function scheduleOf(
  what: Game | Step | Schedule<unknown, Measures>,
  options: AlternatingOptions,
): Schedule<unknown, Measures> {
  if (typeof what === "function") return what;
  const step = "take" in what ? what : (alternating(what, options) as Step);
  return () => step;
}
