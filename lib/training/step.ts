/** A step of training as a value: what it takes, what it does, and what it measures. */
import type * as tf from "../backend/tf";

/**
 * What a step measured: scalars by name. A name's last word is its kind, which says how it is drawn: `generatorLoss` is a
 * loss, `realProbability` a probability in [0, 1], `realScore` a score; measures of one kind share a chart.
 */
export type Measures = { readonly [name: string]: tf.Scalar | undefined };

/**
 * One step of training, in plain tf.js: from the batches that it asks for to what it measured, by name. `trainSteps`
 * repeats any, and compiles it: what it decides in JavaScript must be the same at every call.
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
    parts,
  };
}

const labels = new WeakMap<object, NonNullable<Step["labels"]>>();

/** Remembers how the step whose numbers these are names its measures. Returns the numbers. */
export function labelled<Numbers extends object>(numbers: Numbers, step: Step<never>): Numbers {
  if (step.labels !== undefined) labels.set(numbers, step.labels);
  return numbers;
}

/** How the step that gave these numbers names its measures; nothing for numbers that come from elsewhere. */
export function labelsOf(numbers: object): Readonly<Record<string, string | undefined>> {
  return labels.get(numbers) ?? {};
}
