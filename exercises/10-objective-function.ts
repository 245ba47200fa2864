/** The checks of lesson 10's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { close, column, expectNumber, numberOf } from "./expect";

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

/** Exercise 3: the best discriminator of N(0, 1) against N(mean, 1), built with the right weights. */
function checkBestDiscriminator(build: (mean: number) => tf.LayersModel): ExerciseCheck[] {
  const logitsOf = (mean: number, xs: readonly number[]): tf.Tensor =>
    tf.tidy(() => {
      const model = build(mean);
      const logits = model.predict(column(xs)) as tf.Tensor;
      model.dispose();
      return logits;
    });
  const oneOf = (mean: number, x: number): number => numberOf(() => logitsOf(mean, [x]));
  const shape = tf.tidy(() => logitsOf(2, [0, 1, 2]).shape);
  const form = {
    name: "gives one logit for each x",
    pass: shape.join() === "3,1",
    hint: `Wanted [N, 1] from [N, 1]; for three values yours gives [${shape.join(", ")}].`,
  };
  if (!form.pass) return [form];
  return [
    form,
    expectNumber(
      "is 0 half-way between both means, where both densities agree",
      oneOf(2, 1),
      0,
      "log 1 = 0: the model ends in a logit, not in a probability. The bias makes it 0 there.",
      1e-4,
    ),
    expectNumber(
      "is log p_data / p_g to the left of that",
      oneOf(2, -1.5),
      5,
      "There the data is likelier, so the logit is above 0: -x^2/2 + (x - mean)^2/2.",
      1e-4,
    ),
    expectNumber(
      "and to the right, for a generator on the other side",
      oneOf(-3, -0.5),
      3,
      "The weight is -mean, and the bias mean^2/2.",
      1e-4,
    ),
  ];
}

/** Lesson 10. */
export const lesson10 = {
  "10-1": checkBestReply,
  "10-2": checkJensenShannon,
  "10-3": checkBestDiscriminator,
};
