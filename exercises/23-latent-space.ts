/** The checks of lesson 23's exercises. */
import { type ExerciseCheck, tf } from "gan-lib";
import { close, expectWord } from "./expect";

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

/** Whether a copier's images are nearer to the training images than new ones are, by the median distance. */
export type FoundOrMissed = "found" | "missed";

/** Exercise 2's copiers: training images that were changed a little. */
export interface Copiers {
  readonly "a little noise": FoundOrMissed;
  readonly "a fifth darker": FoundOrMissed;
  readonly "moved by one pixel": FoundOrMissed;
  readonly mirrored: FoundOrMissed;
}

/** Exercise 2: which copies a comparison pixel by pixel finds. */
function checkCopiers(predict: () => Copiers): ExerciseCheck[] {
  const predicted = predict();
  const expectCopier = (copier: keyof Copiers, right: FoundOrMissed, why: string): ExerciseCheck =>
    expectWord(`${copier}: ${right}`, predicted[copier], right, why);
  return [
    expectCopier(
      "a little noise",
      "found",
      "Each pixel changes a little, so the distance is small.",
    ),
    expectCopier(
      "a fifth darker",
      "found",
      "Only the strokes change, and by a fifth of their brightness: the distance is small.",
    ),
    expectCopier(
      "moved by one pixel",
      "missed",
      "Along both edges of every stroke the pixels are now wrong, and a stroke is only two or three pixels wide. Some other image is nearer.",
    ),
    expectCopier(
      "mirrored",
      "missed",
      "The strokes lie elsewhere. Some other training image is nearer than the one that was copied.",
    ),
  ];
}

/** Exercise 3's answer: for each image [N, height, width, 1] the latent vector whose image is nearest, [N, latentDim]. */
type Invert = (generator: tf.LayersModel, images: tf.Tensor4D, steps: number) => tf.Tensor;

const INVERSION_STEPS = 400;

/** A generator of two numbers to 2 x 2 pixels, by the given weights. */
function tinyGenerator(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [2], useBias: false }),
      tf.layers.reshape({ targetShape: [2, 2, 1] }),
    ],
  });
  const weights = [
    [0.5, 0.3, -0.2, 0.1],
    [-0.1, 0.4, 0.3, -0.5],
  ];
  tf.tidy(() => model.setWeights([tf.tensor2d(weights)]));
  return model;
}

/** Exercise 3: inversion by gradient descent on z (Zhu et al., arXiv 1609.03552, equation 3, without a prior). */
function checkInvert(invert: Invert): ExerciseCheck[] {
  const generator = tinyGenerator();
  const before = Array.from(generator.getWeights()[0]!.dataSync());
  const wanted = [
    [1, -0.5],
    [-0.8, 0.6],
  ];
  const { shape, error } = tf.tidy(() => {
    const images = generator.predict(tf.tensor2d(wanted)) as tf.Tensor4D;
    const z = invert(generator, images, INVERSION_STEPS);
    const fits = z.shape.join() === "2,2";
    const ours = fits ? (generator.predict(z) as tf.Tensor) : tf.zerosLike(images);
    const squares = [tf.sub(ours, images), images].map((x) => tf.sum(tf.square(x)).dataSync()[0]!);
    return { shape: z.shape, error: squares[0]! / squares[1]! };
  });
  const after = Array.from(generator.getWeights()[0]!.dataSync());
  generator.dispose();
  return [
    {
      name: "gives a latent vector for each image",
      pass: shape.join() === "2,2",
      hint: `For 2 images and 2 latent numbers the shape is [2, 2], yours is [${shape.join(", ")}].`,
    },
    {
      name: "finds vectors whose images are the given ones",
      pass: error < 0.01,
      hint: `After ${INVERSION_STEPS} steps ${(100 * error).toFixed(1)} % of the images' energy is still missing: minimise the mean square of generator(z) - images, with Adam and a rate such as 0.05.`,
    },
    {
      name: "leaves the generator as it is",
      pass: after.every((weight, i) => close(weight, before[i]!, 1e-6)),
      hint: "Only z may move: optimizer.minimize(loss, false, [z]). Without the list every trainable variable is trained.",
    },
  ];
}

/** Lesson 23. */
export const lesson23 = {
  "23-1": checkSlerp,
  "23-2": checkCopiers,
  "23-3": checkInvert,
};
