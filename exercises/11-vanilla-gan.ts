/** The checks of lesson 11's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { checkTrainingLoop } from "./11-training-loop";
import {
  column,
  expectBetween,
  expectNumber,
  expectOneNumber,
  expectShares,
  expectWord,
  numberOf,
  softplus,
} from "./expect";

type SmoothedLoss = (realLogits: tf.Tensor, fakeLogits: tf.Tensor, smooth: number) => tf.Tensor;

/** Exercise 4: the discriminator's loss with the real label 1 replaced by `smooth`. Each check sees one side alone. */
function checkLabelSmoothing(loss: SmoothedLoss): ExerciseCheck[] {
  const single = expectOneNumber(() => loss(column([1, 2]), column([1, 2]), 0.9));
  if (!single.pass) return [single];
  const valueAt = (real: number[], fake: number[], smooth: number): number =>
    numberOf(() => loss(column(real), column(fake), smooth));
  return [
    single,
    expectNumber(
      "with smooth = 1 it is the loss of the game",
      valueAt([2], [-1], 1),
      softplus(-2) + softplus(-1),
      "softplus(-a) on real logits plus softplus(a) on generated ones.",
    ),
    expectNumber(
      "the label 0.9 mixes both answers on real images",
      valueAt([2], [0], 0.9) - valueAt([-2], [0], 0.9),
      -1.6,
      "Cross-entropy with the label t is t softplus(-a) + (1 - t) softplus(a): from a real logit of -2 to one of 2 it falls by 1.6.",
    ),
    expectNumber(
      "generated images keep the label 0",
      valueAt([0], [3], 0.9) - valueAt([0], [0], 0.9),
      softplus(3) - softplus(0),
      "softplus(a) on generated logits, whatever smooth is: to smooth them too would reward the generator where it is already wrong.",
    ),
    expectNumber(
      "is a mean over the batch",
      valueAt([2, 2], [-1, -1], 0.9),
      valueAt([2], [-1], 0.9),
      "Twice the same images must give the same loss.",
    ),
    expectNumber(
      "stays finite for a discriminator that is sure, and wrong",
      valueAt([-200], [200], 1),
      400,
      "Do not take the sigmoid first: its logarithm is infinite here. softplus takes the logit itself.",
      1e-2,
    ),
  ];
}

/** What a learner expects of a generator that trains on alone, against a discriminator that stands still. */
export interface Alone {
  /** D(G(z)) at the end, the mean over the images: 0 to 1. */
  readonly fakeProbability: number;
  /** How many of the ten digits it makes, compared with before. */
  readonly digits: "more" | "as many" | "fewer";
}

/** Exercise 2: what becomes of a generator whose discriminator no longer answers. */
function checkAlone(predict: () => Alone): ExerciseCheck[] {
  const { fakeProbability, digits } = predict();
  return [
    expectShares("D(G(z)) is a probability", [fakeProbability], "It is a number from 0 to 1."),
    expectBetween(
      "D(G(z)) comes near 1",
      fakeProbability,
      [0.8, Infinity],
      "Each of G's steps raises D(G(z)), and D no longer answers by lowering it: what would stop G? Look at the number that came out.",
    ),
    expectWord(
      "G makes fewer of the digits",
      digits,
      "fewer",
      'Nothing asks G for variety: it moves all its images to where this D says "real". Look at the lower row of images.',
    ),
  ];
}

/** Adam's memory of one weight, and the weight. */
export interface AdamState {
  readonly weight: number;
  /** The running mean of the gradient. */
  readonly m: number;
  /** The running mean of its square. */
  readonly v: number;
}

/** Adam's constants as the exercise gives them. */
export interface AdamConstants {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Exercise 3: one step of Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1); `t` counts from 1. */
function checkAdam(
  adam: (state: AdamState, gradient: number, t: number, constants: AdamConstants) => AdamState,
): ExerciseCheck[] {
  const constants = { rate: 0.1, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };
  const first = adam({ weight: 1, m: 0, v: 0 }, 4, 1, constants);
  const second = adam(first, -2, 2, constants);
  const v2 = 0.999 * 0.016 + 0.001 * 4;
  return [
    expectNumber(
      "m is the running mean of the gradient",
      first.m,
      2,
      "m = beta1 m + (1 - beta1) g.",
    ),
    expectNumber(
      "v is the running mean of its square",
      first.v,
      0.016,
      "v = beta2 v + (1 - beta2) g^2.",
    ),
    expectNumber(
      "the first step has the size of the rate, whatever the gradient",
      first.weight,
      0.9,
      "Divide m by 1 - beta1^t and v by 1 - beta2^t before you use them, and go against the gradient.",
    ),
    expectNumber(
      "the second step remembers the first",
      second.weight,
      0.9 - (0.1 * (0 / 0.75)) / Math.sqrt(v2 / (1 - 0.999 ** 2)),
      "After gradients 4 and -2 the mean m is 0: the weight stays.",
    ),
    expectNumber(
      "a third step in a row moves on",
      adam(second, -2, 3, constants).weight,
      0.9 + (0.1 * (1 / 0.875)) / Math.sqrt((0.999 * v2 + 0.004) / (1 - 0.999 ** 3)),
      "Correct both means with the step's own t.",
    ),
    expectNumber(
      "epsilon is added to the root, not under it",
      adam({ weight: 1, m: 0, v: 0 }, 4, 1, { ...constants, epsilon: 1 }).weight,
      0.92,
      "Divide by sqrt(v corrected) + epsilon. With epsilon = 1 the first step is 0.1 * 4 / (4 + 1).",
    ),
  ];
}

/** Lesson 11. */
export const lesson11 = {
  "11-1": checkTrainingLoop,
  "11-2": checkAlone,
  "11-3": checkAdam,
  "11-4": checkLabelSmoothing,
};
