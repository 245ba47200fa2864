/** The checks of lesson 20's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { close, expectNumber } from "./expect";

type Slerp = (from: tf.Tensor1D, to: tf.Tensor1D, share: number) => tf.Tensor;

/** Exercise 1: spherical interpolation between two latent vectors (White, arXiv 1609.04468, section 2.1). */
function checkSlerp(slerp: Slerp): ExerciseCheck[] {
  const at = (from: number[], to: number[], share: number): number[] =>
    tf.tidy(() => Array.from(slerp(tf.tensor1d(from), tf.tensor1d(to), share).dataSync()));
  const isAt = (point: number[], wanted: number[]): boolean =>
    wanted.length === point.length && wanted.every((value, i) => close(point[i]!, value, 1e-4));
  const check = (name: string, point: number[], wanted: number[], hint: string): ExerciseCheck => ({
    name,
    pass: isAt(point, wanted),
    hint: `${hint} Wanted [${wanted.join(", ")}], yours gives [${point.join(", ")}].`,
  });
  const [x, y] = [
    [3, 0, 0],
    [0, 3, 0],
  ];
  const half = 3 * Math.SQRT1_2;
  return [
    check(
      "begins at the first vector",
      at(x, y, 0),
      x,
      "At the share 0 the first weight is sin(θ) / sin(θ), the second 0.",
    ),
    check(
      "ends at the second vector",
      at(x, y, 1),
      y,
      "At the share 1 the second weight is sin(θ) / sin(θ).",
    ),
    check(
      "half-way it has the vectors' length",
      at(x, y, 0.5),
      [half, half, 0],
      "A straight way has [1.5, 1.5, 0] there, which is shorter. Weights: sin((1 - t) θ) / sin(θ) and sin(t θ) / sin(θ).",
    ),
    check(
      "goes in equal angles",
      at(x, y, 1 / 3),
      [3 * Math.cos(Math.PI / 6), 1.5, 0],
      "A third of the way is a third of the angle: 30 of 90 degrees.",
    ),
    check(
      "the angle is that of the directions, whatever their lengths",
      at([2, 0, 0], [0, 4, 0], 0.5),
      [Math.SQRT2, 2 * Math.SQRT2, 0],
      "cos(θ) is the inner product divided by both lengths.",
    ),
    check(
      "the angle is measured: here it is 45 degrees",
      at([3, 0, 0], [3, 3, 0], 0.5),
      [6 / (2 * Math.cos(Math.PI / 8)), 3 / (2 * Math.cos(Math.PI / 8)), 0],
      "θ is the arc cosine of 9 / (3 · √18), not of 9, and not always 90 degrees.",
    ),
    check(
      "the angle may be larger than 90 degrees",
      at([1, 0, 0], [-1, 1, 0], 0.5),
      [0, 1 / (2 * Math.cos((3 * Math.PI) / 8)), 0],
      "The inner product is negative here, and θ is 135 degrees: keep its sign.",
    ),
  ];
}

/** Exercise 2: how many kernels reach each pixel of a transposed convolution in one dimension, borders included. */
function checkKernelCounts(
  count: (length: number, kernelSize: number, stride: number) => number[],
): ExerciseCheck[] {
  const check = (
    name: string,
    sizes: [length: number, kernelSize: number, stride: number],
    wanted: number[],
    hint: string,
  ): ExerciseCheck => {
    const got = count(...sizes);
    return {
      name,
      pass: got.join() === wanted.join(),
      hint: `${hint} Wanted [${wanted.join(", ")}], yours gives [${got.join(", ")}].`,
    };
  };
  return [
    check(
      "one pixel lays down one kernel",
      [1, 5, 2],
      [1, 1, 1, 1, 1],
      "The result is as long as the kernel.",
    ),
    check(
      "two kernels of size 3, two pixels apart, share one pixel",
      [2, 3, 2],
      [1, 1, 2, 1, 1],
      "The result has (length - 1) stride + kernelSize pixels; pixel i of the input reaches those from i stride on.",
    ),
    check(
      "size 5, stride 2: the middle alternates between 3 and 2",
      [4, 5, 2],
      [1, 1, 2, 2, 3, 2, 3, 2, 2, 1, 1],
      "Add 1 to every pixel that a kernel covers.",
    ),
    check(
      "size 4, stride 2: the middle is even",
      [4, 4, 2],
      [1, 1, 2, 2, 2, 2, 2, 2, 1, 1],
      "4 is divisible by 2, so each pixel is reached equally often.",
    ),
    check(
      "stride 1 is any convolution",
      [3, 2, 1],
      [1, 2, 2, 1],
      "Neighbouring kernels begin one pixel apart.",
    ),
    check(
      "a stride larger than the kernel leaves holes",
      [2, 2, 3],
      [1, 1, 0, 1, 1],
      "A pixel that no kernel reaches counts 0.",
    ),
  ];
}

type BatchNorm = (
  x: tf.Tensor2D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
) => tf.Tensor;

/** Exercise 3: batch normalisation while training (Ioffe and Szegedy, arXiv 1502.03167, algorithm 1). */
function checkBatchNorm(batchNorm: BatchNorm): ExerciseCheck[] {
  const rows = [
    [1, 10],
    [3, 10],
    [5, 40],
  ];
  const at = (gamma: number[], beta: number[], epsilon: number): number[][] => {
    const result = tf.tidy(() =>
      batchNorm(tf.tensor2d(rows), tf.tensor1d(gamma), tf.tensor1d(beta), epsilon),
    );
    const values = result.arraySync() as number[][];
    result.dispose();
    return values;
  };
  const plain = at([1, 1], [0, 0], 0);
  const mean = (values: number[][], channel: number): number =>
    values.reduce((sum, row) => sum + row[channel]! / values.length, 0);
  return [
    expectNumber(
      "each channel has the mean 0 over the batch",
      Math.max(Math.abs(mean(plain, 0)), Math.abs(mean(plain, 1))),
      0,
      "Take the mean over axis 0, the samples; not over a sample's channels.",
    ),
    expectNumber(
      "the variance is the mean of squares, divided by N and not N - 1",
      plain[2]![0]!,
      2 / Math.sqrt(8 / 3),
      "The channel [1, 3, 5] has the variance 8/3.",
    ),
    expectNumber(
      "every channel has its own variance",
      plain[2]![1]!,
      Math.SQRT2,
      "The channel [10, 10, 40] has the mean 20 and the variance 200.",
    ),
    expectNumber(
      "gamma scales and beta shifts",
      at([2, 1], [7, 0], 0)[2]![0]!,
      7 + 4 / Math.sqrt(8 / 3),
      "y = gamma x̂ + beta, after the normalisation.",
    ),
    expectNumber(
      "epsilon is added to the variance, under the root",
      at([1, 1], [0, 0], 1)[2]![0]!,
      2 / Math.sqrt(8 / 3 + 1),
      "Divide by sqrt(variance + epsilon).",
    ),
  ];
}

/** Lesson 20. */
export const lesson20 = {
  "20-1": checkSlerp,
  "20-2": checkKernelCounts,
  "20-3": checkBatchNorm,
};
