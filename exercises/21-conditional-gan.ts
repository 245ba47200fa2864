/** The checks of lesson 21's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { expectNumber } from "./expect";

const softplus = (a: number): number => Math.log1p(Math.exp(a));
const column = (logits: number[]): tf.Tensor2D => tf.tensor2d(logits, [logits.length, 1]);

/** Exercise 1: the table of counts whose row is the class asked for, and whose column is the class seen. */
function checkConfusion(
  confusion: (
    asked: readonly number[],
    seen: readonly number[],
    classes: number,
  ) => readonly (readonly number[])[],
): ExerciseCheck[] {
  const table = confusion([0, 0, 0, 2, 2], [0, 1, 1, 2, 0], 3);
  const is = (row: number, ...counts: number[]): boolean => table[row]?.join() === counts.join();
  return [
    {
      name: "has a row and a column for each class",
      pass: table.length === 3 && table.every((row) => row.length === 3),
      hint: `Wanted 3 rows of 3 numbers; yours are [${table.map(String).join("], [")}].`,
    },
    {
      name: "rows are what was asked for, columns what was seen",
      pass: is(0, 1, 2, 0) && is(2, 1, 0, 1),
      hint: "Three images were asked to be a 0; one was seen as 0, two as 1: the first row is 1, 2, 0.",
    },
    {
      name: "a class that was never asked for has a row of zeros",
      pass: is(1, 0, 0, 0),
      hint: "Begin with zeros everywhere, and an array of its own for each row.",
    },
  ];
}

/** Exercise 2: the discriminator's loss that also sees real images with wrong labels (Reed et al., arXiv 1605.05396, algorithm 1). */
function checkMatchingAware(
  loss: (right: tf.Tensor, wrong: tf.Tensor, fake: tf.Tensor) => tf.Scalar,
): ExerciseCheck[] {
  const valueAt = (right: number[], wrong: number[], fake: number[]): number =>
    tf.tidy(() => loss(column(right), column(wrong), column(fake)).dataSync()[0] as number);
  const base = valueAt([0], [0], [0]);
  return [
    expectNumber(
      "is 2 log 2 for a discriminator that knows nothing",
      base,
      2 * Math.log(2),
      "One softplus for real pairs, and one for the mean of the two kinds of false pairs.",
    ),
    expectNumber(
      "wants real images with their label to be real",
      valueAt([2], [0], [0]) - base,
      softplus(-2) - Math.log(2),
      "softplus(-a) of the logits of right pairs.",
    ),
    expectNumber(
      "wants real images with a wrong label to be refused, at half weight",
      valueAt([0], [3], [0]) - base,
      (softplus(3) - Math.log(2)) / 2,
      "A real image does not help a wrong label: softplus(a), divided by 2.",
    ),
    expectNumber(
      "wants generated images to be refused, at half weight",
      valueAt([0], [0], [3]) - base,
      (softplus(3) - Math.log(2)) / 2,
      "softplus(a) of the generated pairs, divided by 2.",
    ),
    expectNumber(
      "is a mean over the batch",
      valueAt([2, 2], [1, 1], [-1, -1]),
      softplus(-2) + (softplus(1) + softplus(-1)) / 2,
      "Twice the same images must give the same loss.",
    ),
  ];
}

/** What a discriminator with an auxiliary classifier says of a batch: a logit "real or generated", and class logits. */
export interface AuxiliaryLogits {
  /** [N, 1]; positive means "real". */
  readonly source: tf.Tensor;
  /** [N, classes] */
  readonly classes: tf.Tensor2D;
}

/** Exercise 3: the losses of AC-GAN, both to be minimised. `labels` [N] belong to the real and to the generated images. */
export interface AuxiliaryLosses {
  readonly discriminator: (
    real: AuxiliaryLogits,
    fake: AuxiliaryLogits,
    labels: tf.Tensor1D,
  ) => tf.Scalar;
  readonly generator: (fake: AuxiliaryLogits, labels: tf.Tensor1D) => tf.Scalar;
}

/** Cross-entropy of logits [0, gap], where the second class is right. */
const surprise = (gap: number): number => softplus(-gap);

/** Exercise 3: AC-GAN (Odena et al., arXiv 1610.09585, eq. 2 and 3), the generator's source loss non-saturating. */
function checkAuxiliaryClassifier({ discriminator, generator }: AuxiliaryLosses): ExerciseCheck[] {
  const logits = (source: number, gap: number): AuxiliaryLogits => ({
    source: column([source, source]),
    classes: tf.tensor2d([
      [0, gap],
      [gap, 0],
    ]),
  });
  const labels = (): tf.Tensor1D => tf.tensor1d([1, 0], "int32");
  const ofD = (real: [number, number], fake: [number, number]): number =>
    tf.tidy(
      () => discriminator(logits(...real), logits(...fake), labels()).dataSync()[0] as number,
    );
  const ofG = (fake: [number, number]): number =>
    tf.tidy(() => generator(logits(...fake), labels()).dataSync()[0] as number);
  const log2 = Math.log(2);
  return [
    expectNumber(
      "D: without knowledge every term is log 2",
      ofD([0, 0], [0, 0]),
      4 * log2,
      "Two source terms, and cross-entropy of the classes of real and of generated images; means over the batch.",
    ),
    expectNumber(
      "D: the source terms are the game's loss",
      ofD([2, 0], [-1, 0]) - 2 * log2,
      softplus(-2) + softplus(-1),
      "softplus(-a) on real logits plus softplus(a) on generated ones.",
    ),
    expectNumber(
      "D: names the class of real images",
      ofD([0, 3], [0, 0]) - 3 * log2,
      surprise(3),
      "Cross-entropy of real.classes with the labels.",
    ),
    expectNumber(
      "D: names the class of generated images",
      ofD([0, 0], [0, 3]) - 3 * log2,
      surprise(3),
      "L_C has a term for generated images as well: D learns from the labels that G was asked for.",
    ),
    expectNumber(
      "G: wants to be taken for real",
      ofG([2, 0]) - log2,
      softplus(-2),
      "softplus(-a) on the generated source logits.",
    ),
    expectNumber(
      "G: wants its class to be recognised",
      ofG([0, -1]) - log2,
      surprise(-1),
      "G maximises L_C too, so its cross-entropy is added, not subtracted.",
    ),
  ];
}

/** Lesson 21. */
export const lesson21 = {
  "21-1": checkConfusion,
  "21-2": checkMatchingAware,
  "21-3": checkAuxiliaryClassifier,
};
