/** A step of training as a value: what it takes, what it does, and what it measures. */
import type * as tf from "../backend/tf";

/**
 * What a step measured: scalars by name. A name's last word is its kind, which says how it is drawn: `generatorLoss` is a
 * loss, `realProbability` a probability in [0, 1], `realScore` a score; measures of one kind share a chart.
 */
export type Measures = { readonly [name: string]: tf.Scalar | undefined };

/**
 * One step of training, in plain tf.js: from the batches that it asks for to what it measured, by name. `trainSteps`
 * repeats any, and compiles it: what it decides in JavaScript, by branches, counters and plain numbers, must be the same at every
 * call (see `compile`). For a step that changes in the course of a run, choose between steps by a schedule.
 *
 * @typeParam B A batch: a tensor, or a record of tensors.
 */
export interface Step<B = unknown, M extends Measures = Measures> {
  /** How many batches a step takes, at least 1. */
  readonly batches: number;
  /** Changes the weights, and returns what it measured before that. It runs in a tidy scope, and must not await. */
  take(batches: readonly B[]): M;
  /** How charts name a measure; where left out, by its name in words: "generator loss". */
  readonly labels?: { readonly [Name in keyof M]?: string };
  /**
   * Refuses batches that the step cannot learn from; called before `take`, outside of its graph.
   *
   * @param at The step's number, and how an error names the place.
   */
  requires?(batches: readonly B[], at: { readonly where: string; readonly step: number }): void;
  /** The values by which the step decides in JavaScript: where one is another than before, the step is compiled anew. */
  decidesBy?(): readonly unknown[];
  /** Says that nothing else decides in JavaScript, so that the step is not compared with its graph again and again. */
  readonly pure?: true | undefined;
  /** The steps that this one consists of, where each is to be compiled for itself; `take` does the same. */
  readonly parts?: readonly Part<B>[] | undefined;
}

/** A step within another, and which of the other's batches it takes, by their places. */
export interface Part<B> {
  readonly step: Step<B>;
  readonly takes: readonly number[];
}

/** The numbers of one step; `step` counts from 1. */
export type Measured<M> = { readonly step: number } & { readonly [Name in keyof M]: number };

/** Takes a step's parts by `take`, one after the other; what a later one measures under the same name counts. */
export function takeParts<B, Result extends object>(
  parts: readonly Part<B>[],
  batches: readonly B[],
  take: (step: Step<B>, batches: readonly B[]) => Result,
): Result {
  const measured = parts.map(({ step, takes }) =>
    take(
      step,
      takes.map((place) => batches[place] as B),
    ),
  );
  return Object.assign({}, ...measured) as Result;
}

/**
 * A step that consists of others, each compiled for itself: so they may also be taken alone.
 *
 * @typeParam M What all of them measure together.
 */
export function inTurn<B, M extends Measures = Measures>(parts: readonly Part<B>[]): Step<B, M> {
  return {
    batches: 1 + Math.max(...parts.flatMap(({ takes }) => takes)),
    take: (batches) => takeParts(parts, batches, (step, own) => step.take(own)) as M,
    labels: Object.assign({}, ...parts.map(({ step }) => step.labels)) as object,
    requires: (batches, at) =>
      void takeParts(parts, batches, (step, own) => (step.requires?.(own, at), {})),
    decidesBy: () => parts.flatMap(({ step }) => step.decidesBy?.() ?? []),
    pure: parts.every(({ step }) => step.pure) || undefined,
    parts,
  };
}

/** The run that numbers come from. */
export interface Run {
  /** How the step names its measures. */
  readonly labels: Step["labels"];
  /** Told when the run ends by an error. */
  readonly watchers: Set<(error: unknown) => void>;
}

const runs = new WeakMap<object, Run>();

/** Remembers which run gave these numbers. Returns the numbers. */
export function fromRun<Numbers extends object>(numbers: Numbers, run: Run): Numbers {
  runs.set(numbers, run);
  return numbers;
}

/** The run that gave these numbers; undefined for numbers that come from elsewhere. */
export function runOf(numbers: object): Run | undefined {
  return runs.get(numbers);
}
