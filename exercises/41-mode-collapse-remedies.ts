/** The checks of lesson 41's exercises. */
import type { ExerciseCheck } from "gan-lib";
import { close, expectNumber } from "./expect";

/** Exercise 1: the smallest pack on which the best discriminator has an accuracy, of a generator that lost a share of the data. */
function checkPackSize(packSize: (lost: number, accuracy: number) => number): ExerciseCheck[] {
  return [
    expectNumber(
      "half of the data lost, accuracy 3/4: single samples will do",
      packSize(0.5, 0.75),
      1,
      "The accuracy is 1/2 + distance / 2, so 3/4 needs a distance of 1/2: that is 1 - (1 - 1/2)^1.",
    ),
    expectNumber(
      "half lost, accuracy 0.9",
      packSize(0.5, 0.9),
      3,
      "Wanted is the smallest whole m with 1 - (1 - lost)^m ≥ 2 accuracy - 1, here 0.8.",
    ),
    expectNumber(
      "a tenth lost, accuracy 0.75",
      packSize(0.1, 0.75),
      7,
      "log(1/2) / log(0.9) is 6.6; a pack has a whole number of samples, and 6 are too few.",
    ),
    expectNumber(
      "an eighth lost, accuracy 0.99",
      packSize(0.125, 0.99),
      30,
      "Mind that 1 - (2 accuracy - 1) = 0.02 goes under the logarithm, not the accuracy.",
    ),
    expectNumber(
      "a quarter lost, accuracy 0.7890625: exactly 3",
      packSize(0.25, 0.7890625),
      3,
      "0.75³ is 2 - 2 accuracy, but the quotient of the logarithms is rounded to a little above 3. Take off 1e-9 before you round up, or count up from 1.",
    ),
  ];
}

/** Exercise 2: one similarity of minibatch discrimination for each sample, from the samples' places M (arXiv 1606.03498, section 3.2). */
function checkSimilarities(
  similarities: (places: readonly (readonly number[])[]) => number[],
): ExerciseCheck[] {
  const name = "gives one number for each sample";
  const four = similarities([
    [0, 0],
    [0, 0],
    [3, 4],
    [0, 1],
  ]);
  if (four.length !== 4)
    return [
      {
        name,
        pass: false,
        hint: `Four samples must give four numbers, yours gives ${four.length}.`,
      },
    ];
  const [first, second, third] = four as [number, number, number];
  return [
    { name, pass: true, hint: "" },
    expectNumber(
      "a sample on its own has 1",
      similarities([[5, -2]])[0] ?? NaN,
      1,
      "The sum over j holds j = i, whose distance is 0.",
    ),
    expectNumber(
      "n equal samples have n each",
      similarities([
        [1, 2],
        [1, 2],
        [1, 2],
      ])[2] ?? NaN,
      3,
      "Each exp(-0) is 1.",
    ),
    expectNumber(
      "the distance is the sum of absolute differences",
      third,
      1 + 2 * Math.exp(-7) + Math.exp(-6),
      "From [3, 4] to [0, 0] the L1 distance is 7, not 5.",
    ),
    {
      name: "equal samples have the same",
      pass: close(first, second),
      hint: `Samples 1 and 2 are equal; yours gives ${first} and ${second}.`,
    },
  ];
}

/** Exercise 3: the generator's slope through U steps of the discriminator, in the game V(g, d) = g d - c d² / 2 (arXiv 1611.02163, equation 12). */
function checkUnrolledSlope(
  unrolledSlope: (g: number, d: number, c: number, steps: number, rate: number) => number,
): ExerciseCheck[] {
  return [
    expectNumber(
      "without a step it is the plain slope",
      unrolledSlope(1, 0.5, 1, 0, 0.5),
      0.5,
      "dV/dg = d: with U = 0 nothing has moved.",
    ),
    expectNumber(
      "one step: both terms",
      unrolledSlope(1, 0.5, 1, 1, 0.5),
      0.875,
      "d becomes 0.75. The first term is 0.75; the second one is (g - c d) · rate = 0.25 · 0.5.",
    ),
    expectNumber(
      "two steps: the first step's answer moves on",
      unrolledSlope(1, 0.5, 1, 2, 0.5),
      0.96875,
      "Each step makes d' = (1 - rate c) d + rate g, and so dd'/dg = (1 - rate c) dd/dg + rate.",
    ),
    expectNumber(
      "c counts",
      unrolledSlope(2, 1, 0.5, 1, 1),
      3.25,
      "d becomes 2.5, and the slope of V at it is g - c d = 0.75.",
    ),
    expectNumber(
      "after many steps it is the slope of the best answer's value",
      unrolledSlope(3, 0, 2, 200, 0.1),
      1.5,
      "The best d is g/c, the value g² / 2c, its slope g/c.",
    ),
  ];
}

/** How often a discriminator is right, on single points and on packs of four. */
export interface NarrowAccuracy {
  readonly single: number;
  readonly packed: number;
}

/** How far from one half the accuracy may be guessed: runs are within 0.01 of it. */
const NEAR_CHANCE = 0.06;

/** Exercise 4: what a small discriminator sees of modes that are half as wide. */
function checkNarrow(predict: () => NarrowAccuracy): ExerciseCheck[] {
  const { single, packed } = predict();
  return [
    {
      name: "both are shares from 0 to 1",
      pass: [single, packed].every((share) => share >= 0 && share <= 1),
      hint: `An accuracy is a share: 0.5 is guessing, 1 is always right. Yours are ${single} and ${packed}.`,
    },
    {
      name: "on single points it guesses",
      pass: Math.abs(single - 0.5) <= NEAR_CHANCE,
      hint: `You expected ${single}. A perfect discriminator is right in 74 %, this one is not perfect: look at what came out.`,
    },
    {
      name: "on packs it guesses as well",
      pass: Math.abs(packed - 0.5) <= NEAR_CHANCE,
      hint: `You expected ${packed}. Packs help a discriminator that sees a difference between points; this one sees none at a scale of 0.005.`,
    },
  ];
}

/** Lesson 41. */
export const lesson41 = {
  "41-1": checkPackSize,
  "41-2": checkSimilarities,
  "41-3": checkUnrolledSlope,
  "41-4": checkNarrow,
};
