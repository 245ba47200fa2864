/** The checks of lesson 31's exercises. */
import { createRandom, type ExerciseCheck, type RandomStream, tf } from "gan-lib";
import { close, expectNumber, expectOneNumber, numberOf } from "./expect";

/** Exercise 1: the penalty of norms above 1 only, from the norms [N] and the weight. */
function checkOneSidedPenalty(
  penalty: (norms: tf.Tensor1D, weight: number) => tf.Tensor,
): ExerciseCheck[] {
  const single = expectOneNumber(() => penalty(tf.tensor1d([2, 3]), 1));
  if (!single.pass) return [single];
  const valueAt = (norms: number[], weight: number): number =>
    numberOf(() => penalty(tf.tensor1d(norms), weight));
  return [
    single,
    expectNumber(
      "leaves norms of at most 1 alone",
      valueAt([0, 0.5, 1], 10),
      0,
      "A 1-Lipschitz function may be flat: cut norm - 1 off at 0 before you square.",
    ),
    expectNumber(
      "squares what is above 1",
      valueAt([3], 10),
      40,
      "weight (norm - 1)^2 is 10 times 2 squared.",
    ),
    expectNumber(
      "is a mean over the batch",
      valueAt([3, 0, 3, 0], 10),
      20,
      "Samples below 1 count in the mean, with 0.",
    ),
    expectNumber(
      "is linear in the weight",
      valueAt([2], 0.5),
      0.5,
      "Multiply by the weight that is given.",
    ),
  ];
}

/** The critic w |x|^2 / 2: its gradient is w x. */
const quadratic =
  (weight: tf.Tensor) =>
  (samples: tf.Tensor): tf.Tensor =>
    tf.mul(weight, tf.mul(0.5, tf.sum(tf.square(samples), 1, true)));

/** Exercise 2: R1 (Mescheder et al., arXiv 1801.04406, eq. 9), and whether a critic can learn from it. */
function checkR1(
  r1: (critic: (samples: tf.Tensor) => tf.Tensor, real: tf.Tensor, weight: number) => tf.Tensor,
): ExerciseCheck[] {
  const real = tf.tensor2d([
    [3, 4],
    [0, 5],
  ]); // both of length 5
  const penaltyOf = (weight: tf.Tensor): tf.Tensor => r1(quadratic(weight), real, 6);
  const single = expectOneNumber(() => penaltyOf(tf.scalar(2)));
  if (!single.pass) return [single];
  const value = numberOf(() => penaltyOf(tf.scalar(2)));
  const slope = tf.tidy(() => tf.grad(penaltyOf)(tf.scalar(2)).dataSync()[0] as number);
  const atRest = tf.tidy(() => tf.grad(penaltyOf)(tf.scalar(0)).dataSync()[0] as number);
  real.dispose();
  return [
    expectNumber(
      "is weight / 2 times the mean squared norm",
      value,
      300,
      "The gradients have length 10 here: 6 / 2 times 100. No root, no minus 1, a mean over the batch.",
    ),
    expectNumber(
      "can be differentiated by the critic's weights",
      slope,
      300,
      "Stay with tensors until the end: what is read back as numbers has no derivative.",
    ),
    {
      name: "has a finite derivative where the critic is flat",
      pass: close(atRest, 0),
      hint: `The squared norm needs no root, whose slope at 0 is infinite. Yours gives ${atRest}.`,
    },
  ];
}

/** Exercise 3: the largest singular value of a matrix by power iteration (Miyato et al., arXiv 1802.05957, algorithm 1). */
function checkSpectralNorm(
  spectralNorm: (matrix: tf.Tensor2D, iterations: number) => number,
): ExerciseCheck[] {
  const normOf = (rows: number[][], iterations = 60): number =>
    tf.tidy(() => spectralNorm(tf.tensor2d(rows), iterations));
  const expectNorm = (name: string, got: number, wanted: number, hint: string): ExerciseCheck => ({
    name,
    pass: close(got, wanted, 1e-3),
    hint: `${hint} Wanted ${wanted}, yours gives ${got}.`,
  });
  return [
    expectNorm(
      "is the longest axis of a diagonal matrix",
      normOf([
        [1, 0],
        [0, 3],
      ]),
      3,
      "Multiply by the transpose, then by the matrix, and divide by the length each time. A start such as [1, 0] never leaves its axis.",
    ),
    expectNorm(
      "is not the largest entry",
      normOf([
        [2, 1],
        [0, 2],
      ]),
      Math.sqrt((9 + Math.sqrt(17)) / 2),
      "The square of it is the largest eigenvalue of W'W.",
    ),
    expectNorm(
      "is not the length of all entries",
      normOf([
        [-5, 0],
        [0, 5],
      ]),
      5,
      "The root of the sum of squares would be 7.07.",
    ),
    expectNorm(
      "takes matrices that are not square",
      normOf([
        [3, 0],
        [0, 2],
        [4, 0],
      ]),
      5,
      "u has as many entries as the matrix has rows, v as many as it has columns.",
    ),
    expectNorm(
      "does not miss a direction at a right angle to its start",
      normOf([
        [2, -1],
        [-1, 2],
      ]),
      3,
      "[1, -1] is stretched three times here, and a start of ones has no part in it. Draw u at random.",
    ),
    expectNorm(
      "does not start where the matrix gives 0",
      normOf([
        [1, -1],
        [-1, 1],
      ]),
      2,
      "This matrix makes 0 of a vector of ones, which has no direction. Draw u at random.",
    ),
    expectNorm(
      "stays finite over many iterations",
      normOf(
        [
          [30, 0],
          [0, 20],
        ],
        200,
      ),
      30,
      "Bring u and v back to length 1 in each iteration.",
    ),
  ];
}

type CriticLoss = (
  critic: (samples: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  random: RandomStream,
  weight: number,
) => tf.Tensor;

/** The critic w times the sum of a sample's elements, [N, 1]. */
const linear =
  (weight: tf.Tensor) =>
  (samples: tf.Tensor): tf.Tensor =>
    tf.mul(weight, tf.sum(tf.reshape(samples, [samples.shape[0], -1]), 1, true));

/** A loss on ones that should be zeros, of a shape: real samples are 0, generated ones 1. */
const onOnes = (loss: CriticLoss, shape: number[], weight: tf.Tensor): tf.Tensor =>
  loss(linear(weight), tf.zeros(shape), tf.ones(shape), createRandom(31), 10);

/** A loss of the critic |x|^2 / 2 whose generated samples lie at the length 1, and the real ones at 0. */
const onRays = (loss: CriticLoss): number =>
  numberOf(() => {
    const fake = tf.fill([4000, 2], Math.SQRT1_2);
    return loss(quadratic(tf.scalar(1)), tf.zeros([4000, 2]), fake, createRandom(4), 10);
  });

/** Exercise 4: the critic's loss with the gradient penalty (Gulrajani et al., arXiv 1704.00028, eq. 3). */
function checkCriticLoss(loss: CriticLoss): ExerciseCheck[] {
  const single = expectOneNumber(() => onOnes(loss, [4, 2], tf.scalar(2)));
  if (!single.pass) return [single];
  const slopeAt = (at: number): number =>
    numberOf(() => tf.grad((w: tf.Tensor) => onOnes(loss, [4, 2], w))(tf.scalar(at)));
  const [rays, flat] = [onRays(loss), slopeAt(0)];
  return [
    expectNumber(
      "is the loss of lesson 30 plus the weighted penalty",
      numberOf(() => onOnes(loss, [4, 2], tf.scalar(2))),
      4 + 10 * (2 * Math.SQRT2 - 1) ** 2,
      "This critic gives 0 to the real samples and 4 to the generated ones, and its slope is 2.83 everywhere: 4 + 10 (2.83 - 1)^2.",
      1e-3,
    ),
    expectNumber(
      "takes images too",
      numberOf(() => onOnes(loss, [3, 2, 2, 1], tf.scalar(1))),
      4 + 10,
      "For [N, H, W, C] the length goes over all elements of a sample: here it is 2.",
      1e-3,
    ),
    expectNumber(
      "one uniform share for each pair",
      rays,
      0.5 + 10 / 3,
      "The points lie on the straight line of their pair. At the share u this critic has the slope u, and (u - 1)^2 is 1/3 on average.",
      0.25,
    ),
    expectNumber(
      "draws from the stream it is given",
      onRays(loss),
      rays,
      "Two streams of one seed must give the same loss: use random.uniform.",
    ),
    expectNumber(
      "can be differentiated by the critic's weights",
      slopeAt(2),
      2 + 20 * (2 * Math.SQRT2 - 1) * Math.SQRT2,
      "The penalty must stay a tensor until the end.",
      1e-2,
    ),
    expectNumber(
      "has a finite derivative where the critic is flat",
      flat,
      2,
      "The root at 0 has an infinite slope (trap 2): add 1e-12 under it.",
      1e-2,
    ),
  ];
}

/** Lesson 31. */
export const lesson31 = {
  "31-1": checkOneSidedPenalty,
  "31-2": checkR1,
  "31-3": checkSpectralNorm,
  "31-4": checkCriticLoss,
};
