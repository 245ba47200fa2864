/** The checks of lesson 91's exercises. */
import type { ExerciseCheck } from "gan-lib";
import { close, expectNumber } from "./expect";

type SmallestAttack = (
  weights: readonly number[],
  bias: number,
  image: readonly number[],
) => number;

/** Exercise 1: how little must change in every pixel to bring a linear detector's logit to 0. */
function checkSmallestAttack(attack: SmallestAttack): ExerciseCheck[] {
  return [
    expectNumber(
      "one pixel: the logit by the weight",
      attack([2], 1, [0.5]),
      1,
      "The logit is 2; the pixel must move by 1.",
    ),
    expectNumber(
      "many pixels share the work",
      attack([1, 1, 1, 1], 0, [0.5, 0.5, 0.5, 0.5]),
      0.5,
      "The logit is 2, and each of the four pixels gives up to ε.",
    ),
    expectNumber(
      "a pixel of negative weight helps as well",
      attack([1, -3], 0, [1, -1]),
      1,
      "The weights' absolute values count: the second pixel moves the other way.",
    ),
    expectNumber(
      "an image that is called real has a distance too",
      attack([1, -3], 0, [-1, 1]),
      1,
      "How far the logit is from 0, whatever its sign.",
    ),
    expectNumber(
      "a change need not be the same as a weight's share",
      attack([0, 4], -2, [9, 1]),
      0.5,
      "A pixel of weight 0 gives nothing.",
    ),
  ];
}

type BestBorder = (scores: readonly number[], labels: readonly number[]) => number;

/** How many answers are right at a border. */
function right(scores: readonly number[], labels: readonly number[], border: number): number {
  return scores.filter((score, i) => Number(score >= border) === labels[i]).length;
}

/** Exercise 2: the border of a detector's scores at which most answers are right. */
function checkBestBorder(bestBorder: BestBorder): ExerciseCheck[] {
  const cases: [string, number[], number[], number][] = [
    ["scores that are all small, but in order", [0.01, 0.02, 0.03, 0.04], [0, 0, 1, 1], 4],
    ["scores that are all large, but in order", [0.99, 0.97, 0.98, 0.96], [1, 0, 1, 0], 4],
    [
      "where the order has an error, as few wrong ones as can be",
      [0.1, 0.4, 0.3, 0.8, 0.9],
      [0, 0, 1, 1, 1],
      4,
    ],
    [
      "where the order is reversed, a constant answer is best",
      [0.9, 0.8, 0.7, 0.1],
      [0, 0, 0, 1],
      3,
    ],
    ["a score that equals the border counts as generated", [0.5, 0.5, 0.2], [1, 1, 0], 3],
  ];
  return cases.map(([name, scores, labels, most]) => {
    const border = bestBorder(scores, labels);
    const got = right(scores, labels, border);
    return {
      name,
      pass: got === most,
      hint: `${most} of ${scores.length} answers can be right; at your border of ${border} there are ${got}. Try every score as a border, and one above all.`,
    };
  });
}

type PartialGains = (real: readonly number[], generated: readonly number[], t: number) => number[];

/** Exercise 3: factors that bring the power of waves a share of the way, in decibels. */
function checkPartialGains(gains: PartialGains): ExerciseCheck[] {
  const [real, generated] = [
    [4, 1, 100],
    [1, 4, 1],
  ];
  const equals = (got: readonly number[], wanted: readonly number[]): boolean =>
    got.length === wanted.length && wanted.every((value, i) => close(got[i]!, value, 1e-9));
  const cases: [string, number, number[], string][] = [
    [
      "t = 1 is the whole filter",
      1,
      [2, 0.5, 10],
      "A factor g of a wave makes its power g² times as large.",
    ],
    ["t = 0 changes nothing", 0, [1, 1, 1], "Every factor is 1."],
    [
      "t = 1/2 is half the way in decibels",
      0.5,
      [Math.SQRT2, Math.SQRT1_2, Math.sqrt(10)],
      "Decibels are logarithms: half the way is the root of the factor, not its mean with 1.",
    ],
  ];
  return cases.map(([name, t, wanted, hint]) => ({
    name,
    pass: equals(gains(real, generated, t), wanted),
    hint,
  }));
}

/** Exercise 4: what an attack of less than half a level takes, if pixels are rounded afterwards. */
function checkTinyAttack(predict: () => { readonly areaLost: number }): ExerciseCheck[] {
  const { areaLost } = predict();
  return [
    {
      name: "it takes nothing",
      pass: close(areaLost, 0, 0.005),
      hint: `You expected ${areaLost}. A pixel of 100 becomes 100.4 at most, and the pipeline rounds it to 100 again.`,
    },
  ];
}

/** Lesson 91. */
export const lesson91 = {
  "91-1": checkSmallestAttack,
  "91-2": checkBestBorder,
  "91-3": checkPartialGains,
  "91-4": checkTinyAttack,
};
