/** The checks of lesson 91's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { close, expectBetween, expectNumber } from "./expect";

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
    expectBetween(
      "it takes nothing",
      areaLost,
      [-0.005, 0.005],
      "A pixel of 100 becomes 100.4 at most, and the pipeline rounds it to 100 again.",
    ),
  ];
}

type Framing = (
  logits: (images: tf.Tensor) => tf.Tensor,
  images: tf.Tensor,
  epsilon: number,
  steps: number,
) => tf.Tensor;

/** Four pixels after a framing attack by a linear detector, or by any other. */
function framed(
  frame: Framing,
  [epsilon, steps]: readonly [number, number],
  logitOf = (x: tf.Tensor): tf.Tensor =>
    tf.mul(
      x,
      tf.tensor4d([
        [
          [[3], [-1]],
          [[2], [0]],
        ],
      ]),
    ),
): number[] {
  return tf.tidy(() => {
    const images = tf.tensor4d([
      [
        [[0.2], [-0.95]],
        [[0.99], [0.4]],
      ],
    ]);
    const logits = (x: tf.Tensor): tf.Tensor => tf.sum(logitOf(x), [1, 2, 3]);
    return Array.from(frame(logits, images, epsilon, steps).dataSync());
  });
}

/** Exercise 5: an attack that makes real images look generated (after Madry et al., arXiv 1706.06083, section 2.1). */
function checkFraming(frame: Framing): ExerciseCheck[] {
  const equal = (got: readonly number[], wanted: readonly number[]): boolean =>
    got.length === wanted.length && wanted.every((value, i) => close(got[i] ?? NaN, value));
  const say = (values: readonly number[]): string => values.map((v) => v.toFixed(3)).join(", ");
  const [linear, tiny] = [framed(frame, [0.1, 4]), framed(frame, [0.01, 1])];
  const bent = framed(frame, [0.1, 3], (x) => tf.neg(tf.square(tf.sub(x, 0.25))));
  return [
    {
      name: "each pixel goes the way that raises the logit",
      pass: [0, 1, 2].every((i) => Math.sign(tiny[i]! - [0.2, -0.95, 0.99][i]!) === [1, -1, 1][i]),
      hint: `The weights are 3, -1, 2 and 0; the pixels 0.2, -0.95, 0.99 and 0.4 became ${say(tiny)}. Here the logit must go up.`,
    },
    {
      name: "no pixel moves by more than epsilon, nor out of [-1, 1]",
      pass: equal(linear, [0.3, -1, 1, 0.4]),
      hint: `With epsilon = 0.1 the pixels 0.2, -0.95, 0.99 and 0.4 should become 0.3, -1, 1 and 0.4. Yours: ${say(linear)}.`,
    },
    {
      name: "every step asks for the gradient anew",
      pass: close(bent[0] ?? NaN, 0.2 + 0.2 / 3),
      hint: `This logit is highest at 0.25. In three steps of 0.067 the pixel 0.2 goes up, down and up again, to 0.267. Yours: ${say(bent.slice(0, 1))}.`,
    },
  ];
}

/** Lesson 91. */
export const lesson91 = {
  "91-1": checkSmallestAttack,
  "91-2": checkBestBorder,
  "91-3": checkPartialGains,
  "91-4": checkTinyAttack,
  "91-5": checkFraming,
};
