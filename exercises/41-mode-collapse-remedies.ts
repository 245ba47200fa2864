/** The checks of lesson 41's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { close, expectBetween, expectNumber, expectShares, softplus } from "./expect";

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

/** Between what the accuracy may be guessed: runs are within 0.01 of one half. */
const NEAR_CHANCE = [0.44, 0.56] as const;

/** Exercise 4: what a small discriminator sees of modes that are half as wide. */
function checkNarrow(predict: () => NarrowAccuracy): ExerciseCheck[] {
  const { single, packed } = predict();
  return [
    expectShares(
      "both are shares from 0 to 1",
      [single, packed],
      "An accuracy is a share: 0.5 is guessing, 1 is always right.",
    ),
    expectBetween(
      "on single points it guesses",
      single,
      NEAR_CHANCE,
      "A perfect discriminator is right in 74 %, this one is not perfect: look at what came out.",
    ),
    expectBetween(
      "on packs it guesses as well",
      packed,
      NEAR_CHANCE,
      "Packs help a discriminator that sees a difference between points; this one sees none at a scale of 0.005.",
    ),
  ];
}

/** The losses of both players of a packed game, one number each. */
export interface PackedLosses {
  readonly discriminator: tf.Tensor;
  readonly generator: tf.Tensor;
}

type PackedGame = (
  judge: (packs: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  m: number,
) => PackedLosses;

/** What a packed game of six samples of each kind gives, and the packs that its discriminator saw, as rows. */
function playPacked(losses: PackedGame, m: number) {
  return tf.tidy(() => {
    const real = tf.tensor2d([1, 2, 3, 4, 5, 6].map((i) => [i / 10, i / 10]));
    const seen: number[][] = [];
    const judge = (packs: tf.Tensor): tf.Tensor => {
      seen.push(...(packs.arraySync() as number[][]));
      // the mean of a pack's numbers, [N / m, 1]
      return tf.mean(packs, -1, true);
    };
    const { discriminator, generator } = losses(judge, real, tf.neg(real), m);
    const values = [discriminator, generator].map((loss) => loss.dataSync());
    return { seen, values, shapes: [discriminator, generator].map(({ size }) => size) };
  });
}

/** Whether every number of some packs is one of the six samples of its kind, and each of these is there as often. */
function isWhole(packs: readonly (readonly number[])[]): boolean {
  const numbers = packs.flat().sort((a, b) => a - b);
  const times = numbers.length / 6;
  return numbers.every((value, i) => close(value, (1 + Math.floor(i / times)) / 10));
}

/** Exercise 5: the losses of PacGAN's game (Lin et al., arXiv 1712.04086, section 3), with the non-saturating loss. */
function checkPackedLosses(losses: PackedGame): ExerciseCheck[] {
  const { seen, values, shapes } = playPacked(losses, 3);
  const [ofReal, ofFake] = [seen.filter(([x = 0]) => x > 0), seen.filter(([x = 0]) => x < 0)];
  const whole = isWhole(ofReal) && isWhole(ofFake.map((pack) => pack.map((x) => -x)));
  const [discriminator = NaN, generator = NaN] = values.map(([value]) => value);
  const mean = (packs: readonly number[][], sign: number): number =>
    packs
      .map((pack) => softplus((sign * pack.reduce((sum, x) => sum + x, 0)) / pack.length))
      .reduce((sum, value) => sum + value, 0) / packs.length;
  const isPack = (pack: readonly number[]): boolean => pack.length === 6;
  return [
    {
      name: "packs have [N / m, 2 m] numbers",
      pass: seen.length > 0 && seen.every(isPack),
      hint: `Three samples of two numbers make a pack of six. Yours have ${seen[0]?.length ?? "none"}.`,
    },
    {
      name: "a pack is all real or all generated, and no sample is left out",
      pass: seen.length > 0 && whole,
      hint: "Pack the real samples among themselves, and the generated ones among themselves.",
    },
    {
      name: "each loss is one number",
      pass: shapes.every((size) => size === 1),
      hint: "Take the mean over the packs.",
    },
    expectNumber(
      "the discriminator's loss is over both kinds of packs",
      discriminator,
      mean(ofReal, -1) + mean(ofFake, 1),
      "Softplus of minus the logits of real packs, plus softplus of the logits of generated ones.",
    ),
    expectNumber(
      "the generator's loss is over its packs",
      generator,
      mean(ofFake, -1),
      "Softplus of minus the logits of generated packs: the non-saturating loss.",
    ),
  ];
}

/** Lesson 41. */
export const lesson41 = {
  "41-1": checkPackSize,
  "41-2": checkSimilarities,
  "41-3": checkUnrolledSlope,
  "41-4": checkNarrow,
  "41-5": checkPackedLosses,
};
