/** The checks of lesson 21's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { checkLabelByProduct } from "./21-label-by-product";
import { close, column, expectNumber, expectOneNumber, numberOf, softplus } from "./expect";

/** Exercise 1's prediction: the conditional accuracy, in %, of a perfect generator by how many labels were replaced at random. */
export interface WrongLabels {
  readonly "none replaced": number;
  readonly "half replaced": number;
  readonly "all replaced": number;
}

/** Exercise 1: a perfect generator has p_g(x|y) = p(x|y), wrong labels included. */
function checkWrongLabels(predict: () => WrongLabels): ExerciseCheck[] {
  const predicted = predict();
  const expectShare = (which: keyof WrongLabels, right: number, hint: string): ExerciseCheck => ({
    name: `${which}: ${right} %`,
    pass: close(predicted[which], right, 0.5),
    hint: `You wrote ${predicted[which]}. ${hint}`,
  });
  return [
    expectShare("none replaced", 100, "Every image labelled 7 shows a 7. The unit is %."),
    expectShare(
      "half replaced",
      55,
      "One half of the labels is untouched. Of the other half one in ten is right by accident.",
    ),
    expectShare(
      "all replaced",
      10,
      "The label says nothing about the image now, and one in ten is right by accident.",
    ),
  ];
}

/** Exercise 2: the discriminator's loss that also sees real images with wrong labels (Reed et al., arXiv 1605.05396, algorithm 1). */
function checkMatchingAware(
  loss: (right: tf.Tensor, wrong: tf.Tensor, fake: tf.Tensor) => tf.Tensor,
): ExerciseCheck[] {
  const single = expectOneNumber(() => loss(column([1, 2]), column([1, 2]), column([1, 2])));
  if (!single.pass) return [single];
  const valueAt = (right: number[], wrong: number[], fake: number[]): number =>
    numberOf(() => loss(column(right), column(wrong), column(fake)));
  const base = valueAt([0], [0], [0]);
  return [
    single,
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
      valueAt([2], [1], [-1]),
      "Twice the same images must give the same loss.",
    ),
    expectNumber(
      "stays finite for a discriminator that is sure, and wrong",
      valueAt([-200], [200], [200]),
      400,
      "Do not take the sigmoid first: its logarithm is infinite here. softplus takes the logit itself.",
      1e-2,
    ),
  ];
}

/** What a discriminator with an auxiliary classifier says of a batch: a logit "real or generated", and class logits. */
export interface AuxiliaryLogits {
  /** [N, 1]; positive means "real". */
  readonly source: tf.Tensor;
  /** [N, 10] */
  readonly classes: tf.Tensor2D;
}

/** Exercise 3: the losses of AC-GAN, both to be minimised. `labels` [N] belong to the real and to the generated images. */
export interface AuxiliaryLosses {
  readonly discriminator: (
    real: AuxiliaryLogits,
    fake: AuxiliaryLogits,
    labels: tf.Tensor1D,
  ) => tf.Tensor;
  readonly generator: (fake: AuxiliaryLogits, labels: tf.Tensor1D) => tf.Tensor;
}

const CLASSES = 10;
const LABELS = [3, 7];

/** Cross-entropy of ten logits that are all 0, but the right one. */
const surprise = (right: number): number => Math.log(CLASSES - 1 + Math.exp(right)) - right;

/** Two images with one source logit, and with a logit of the right class where the others are 0. */
const logits = (source: number, right: number): AuxiliaryLogits => ({
  source: column([source, source]),
  classes: tf.mul(tf.oneHot(LABELS, CLASSES, 1, 0, "float32"), right),
});

const labels = (): tf.Tensor1D => tf.tensor1d(LABELS, "int32");

/** The discriminator's terms, one at a time. */
function checksOfD(discriminator: AuxiliaryLosses["discriminator"]): ExerciseCheck[] {
  const lossAt = (real: [number, number], fake: [number, number]): tf.Tensor =>
    discriminator(logits(...real), logits(...fake), labels());
  const at = (...pairs: Parameters<typeof lossAt>): number => numberOf(() => lossAt(...pairs));
  const single = expectOneNumber(() => lossAt([0, 0], [0, 0]));
  if (!single.pass) return [{ ...single, name: "D: is one number" }];
  const base = at([0, 0], [0, 0]);
  const named = surprise(3) - surprise(0);
  return [
    expectNumber(
      "D: without knowledge it is 2 log 2 + 2 log 10",
      base,
      2 * Math.log(2) + 2 * Math.log(10),
      "Two source terms, and cross-entropy of the classes of real and of generated images; means over the batch.",
    ),
    expectNumber(
      "D: the source terms are the game's loss",
      at([2, 0], [-1, 0]) - base,
      softplus(-2) + softplus(-1) - 2 * Math.log(2),
      "softplus(-a) on real logits plus softplus(a) on generated ones.",
    ),
    expectNumber(
      "D: the source terms stay finite",
      at([-200, 0], [200, 0]) - base,
      400 - 2 * Math.log(2),
      "Do not take the sigmoid first; softplus takes the logit itself.",
      1e-2,
    ),
    expectNumber(
      "D: names the class of real images",
      at([0, 3], [0, 0]) - base,
      named,
      "Cross-entropy of real.classes with the labels.",
    ),
    expectNumber(
      "D: names the class of generated images",
      at([0, 0], [0, 3]) - base,
      named,
      "L_C has a term for generated images as well: D learns from the labels that G was asked for.",
    ),
  ];
}

/** The generator's terms, one at a time. */
function checksOfG(generator: AuxiliaryLosses["generator"]): ExerciseCheck[] {
  const lossAt = (source: number, right: number): tf.Tensor =>
    generator(logits(source, right), labels());
  const at = (source: number, right: number): number => numberOf(() => lossAt(source, right));
  const single = expectOneNumber(() => lossAt(0, 0));
  if (!single.pass) return [{ ...single, name: "G: is one number" }];
  const base = at(0, 0);
  return [
    expectNumber(
      "G: without knowledge it is log 2 + log 10",
      base,
      Math.log(2) + Math.log(10),
      "One source term and one cross-entropy, each a mean over the batch.",
    ),
    expectNumber(
      "G: wants to be taken for real",
      at(2, 0) - base,
      softplus(-2) - Math.log(2),
      "softplus(-a) on the generated source logits.",
    ),
    expectNumber(
      "G: wants its class to be recognised",
      at(0, -1) - base,
      surprise(-1) - surprise(0),
      "G maximises L_C too, so its cross-entropy is added, not subtracted.",
    ),
  ];
}

/** Exercise 3: AC-GAN (Odena et al., arXiv 1610.09585, eq. 2 and 3), the generator's source loss non-saturating. */
function checkAuxiliaryClassifier({ discriminator, generator }: AuxiliaryLosses): ExerciseCheck[] {
  return [...checksOfD(discriminator), ...checksOfG(generator)];
}

/** Lesson 21. */
export const lesson21 = {
  "21-1": checkWrongLabels,
  "21-2": checkMatchingAware,
  "21-3": checkAuxiliaryClassifier,
  "21-4": checkLabelByProduct,
};
