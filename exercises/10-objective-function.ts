/** The checks of lesson 10's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { close, column, expectNumber, expectOneNumber, numberOf } from "./expect";

/** Exercise 1: the best discriminator where a share of what it sees is real. */
function checkBestReply(
  bestReply: (p: number, q: number, share: number) => number,
): ExerciseCheck[] {
  return [
    expectNumber(
      "with equal shares it is p / (p + q)",
      bestReply(0.3, 0.1, 0.5),
      0.75,
      "Put share = 1/2 into your formula: both shares cancel.",
    ),
    expectNumber(
      "where the densities agree, it is the share itself",
      bestReply(0.2, 0.2, 0.9),
      0.9,
      "With p = q nothing but the shares is left.",
    ),
    expectNumber(
      "it weighs both densities with their shares",
      bestReply(0.3, 0.1, 0.25),
      0.5,
      "Maximise a log y + b log(1 - y) with a = share * p and b = (1 - share) * q.",
    ),
  ];
}

/** Exercise 2: the Jensen-Shannon divergence of discrete distributions, in nats. */
function checkJensenShannon(
  divergence: (p: readonly number[], q: readonly number[]) => number,
): ExerciseCheck[] {
  const [p, q] = [
    [0.5, 0.5],
    [0.9, 0.1],
  ] as const;
  const expected =
    0.5 * (0.5 * Math.log(0.5 / 0.7) + 0.5 * Math.log(0.5 / 0.3)) +
    0.5 * (0.9 * Math.log(0.9 / 0.7) + 0.1 * Math.log(0.1 / 0.3));
  return [
    expectNumber(
      "is 0 for equal distributions",
      divergence([0.2, 0.8], [0.2, 0.8]),
      0,
      "Each logarithm is that of 1 there.",
    ),
    expectNumber(
      "is log 2 for distributions without a common outcome",
      divergence([1, 0], [0, 1]),
      Math.log(2),
      "Leave out the terms with probability 0: 0 log 0 counts as 0. Natural logarithms give nats.",
    ),
    expectNumber(
      "has the right value in between",
      divergence(p, q),
      expected,
      "Half of KL(p || m) plus half of KL(q || m), where m is the mean of p and q.",
    ),
    {
      name: "is symmetric",
      pass: close(divergence(p, q), divergence(q, p)),
      hint: "Swapping p and q must change nothing.",
    },
  ];
}

/** Exercise 3: the non-saturating loss of the generator, finite for any logit. */
function checkStableGeneratorLoss(loss: (fakeLogits: tf.Tensor) => tf.Tensor): ExerciseCheck[] {
  const single = expectOneNumber(() => loss(column([1, 2])));
  if (!single.pass) return [single];
  const valueAt = (logits: number[]): number => numberOf(() => loss(column(logits)));
  const slopes = tf.tidy(() =>
    Array.from(
      tf
        .grad((x) => loss(x))(tf.tensor2d([[-200], [200]]))
        .dataSync(),
    ),
  );
  const expected = Math.log1p(Math.exp(-1));
  return [
    single,
    expectNumber(
      "is -log sigmoid(1) at a logit of 1",
      valueAt([1]),
      expected,
      "-log sigmoid(a) = log(1 + e^-a) = softplus(-a).",
    ),
    expectNumber(
      "is a mean over the batch",
      valueAt([1, 1, 1]),
      valueAt([1]),
      "Three equal logits must give the loss of one.",
    ),
    {
      name: "is finite at logits of -200 and 200",
      pass: close(valueAt([-200]), 200, 1e-3) && close(valueAt([200]), 0),
      hint: "Do not take the sigmoid first; softplus takes the logit itself.",
    },
    {
      name: "has a finite gradient there",
      pass: close(slopes[0] ?? NaN, -0.5) && close(slopes[1] ?? NaN, 0),
      hint: "The slope of softplus(-a) goes to -1 for a sure discriminator, never to infinity.",
    },
  ];
}

/** Lesson 10. */
export const lesson10 = {
  "10-1": checkBestReply,
  "10-2": checkJensenShannon,
  "10-3": checkStableGeneratorLoss,
};
