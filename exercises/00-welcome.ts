/** The checks of lesson 00's exercises. */
import { createRandom, type ExerciseCheck, type RandomStream, tf } from "gan-lib";
import { close, expectNumber, expectWord } from "./expect";

/** Exercise 1: grey levels 0 … 255 to [-1, 1]. */
function checkScaling(scale: (bytes: tf.Tensor) => tf.Tensor): ExerciseCheck[] {
  const [black, grey, white] = tf.tidy(() =>
    Array.from(scale(tf.tensor1d([0, 127.5, 255])).dataSync()),
  );
  const shape = tf.tidy(() => scale(tf.zeros([2, 28, 28, 1])).shape);
  return [
    expectNumber(
      "black, 0, becomes -1",
      black ?? NaN,
      -1,
      "Divide first, so that the range has a width of 2; then shift.",
    ),
    expectNumber("white, 255, becomes 1", white ?? NaN, 1, "255 / 127.5 - 1 = 1."),
    expectNumber("the middle, 127.5, becomes 0", grey ?? NaN, 0, "The map is a straight line."),
    {
      name: "keeps the shape",
      pass: shape.join() === "2,28,28,1",
      hint: `Wanted [2, 28, 28, 1], yours gives [${shape.join(", ")}].`,
    },
  ];
}

/** Exercise 2: the mean of the numbers that belong to each name. */
function checkMeanByName(
  meanByName: (
    names: readonly string[],
    values: readonly number[],
  ) => Readonly<Record<string, number>>,
): ExerciseCheck[] {
  const means = meanByName(["a", "b", "a", "c", "a"], [1, 5, 2, -3, 6]);
  return [
    expectNumber(
      "three values of one name give their mean",
      means["a"] ?? NaN,
      3,
      "(1 + 2 + 6) / 3 = 3.",
    ),
    expectNumber(
      "one value is its own mean",
      means["b"] ?? NaN,
      5,
      "The name b stands beside 5 alone.",
    ),
    {
      name: "has one entry for each name",
      pass: Object.keys(means).sort().join() === "a,b,c",
      hint: `Wanted a, b and c; yours has ${Object.keys(means).join(", ") || "none"}.`,
    },
  ];
}

/** How many points exercise 3 draws, and in how many sectors it counts them: 1,250 each, with a deviation of 34. */
const [COUNT, SECTORS] = [20_000, 16];

/** Exercise 3: points uniform on a circle, from the library's random numbers. */
function checkCircle(
  circle: (random: RandomStream, n: number, radius: number) => tf.Tensor,
): ExerciseCheck[] {
  const draw = (seed: number): number[][] =>
    tf.tidy(() => circle(createRandom(seed), COUNT, 3).arraySync() as number[][]);
  const points = draw(1);
  const radii = points.map((point) => Math.hypot(...point));
  const sectors = new Array<number>(SECTORS).fill(0);
  for (const [x = NaN, y = NaN] of points)
    sectors[Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 0.5) * SECTORS) % SECTORS]! += 1;
  return [
    {
      name: "gives n points with two coordinates",
      pass: points.length === COUNT && points.every((point) => point.length === 2),
      hint: "Stack cosines and sines along the last axis: [n, 2].",
    },
    {
      name: "every point has the radius",
      pass: radii.every((radius) => close(radius, 3, 1e-4)),
      hint: "(radius cos t, radius sin t).",
    },
    {
      name: "all directions are equally likely",
      pass: sectors.every((count) => Math.abs(count - COUNT / SECTORS) < 150),
      hint: `Draw the angle itself, evenly from 0 to 2 pi. Of ${SECTORS} equal sectors your fullest holds ${Math.max(...sectors)} and your emptiest ${Math.min(...sectors)} of ${COUNT} points.`,
    },
    {
      name: "the same seed gives the same points",
      pass: draw(5).join() === draw(5).join() && draw(5).join() !== draw(6).join(),
      hint: "Draw from the stream that is passed in, not from Math.random or tf.randomUniform.",
    },
  ];
}

/** Whether two draws gave the same numbers. */
export type SameOrDifferent = "same" | "different";

/** Exercise 4's draws, each compared with the first draw of a stream of seed 7, or one of a pair with the other. */
export interface Draws {
  readonly "a second stream of seed 7": SameOrDifferent;
  readonly "the same stream, once more": SameOrDifferent;
  readonly "a stream of seed 8": SameOrDifferent;
  readonly 'its split("a"), twice': SameOrDifferent;
  readonly 'its split("a") and split("b")': SameOrDifferent;
}

/** Exercise 4: what seeds, draws and splits decide. */
function checkDraws(predict: () => Draws): ExerciseCheck[] {
  const predicted = predict();
  const expectDraw = (draw: keyof Draws, right: SameOrDifferent, why: string): ExerciseCheck =>
    expectWord(`${draw}: ${right}`, predicted[draw], right, why);
  return [
    expectDraw("a second stream of seed 7", "same", "The seed decides all numbers of a stream."),
    expectDraw("the same stream, once more", "different", "Each draw takes the next numbers."),
    expectDraw("a stream of seed 8", "different", "Another seed, other numbers."),
    expectDraw('its split("a"), twice', "same", "A split begins anew: seed and name decide it."),
    expectDraw('its split("a") and split("b")', "different", "Another name, other numbers."),
  ];
}

/** Lesson 00. */
export const lesson00 = {
  "00-1": checkScaling,
  "00-2": checkMeanByName,
  "00-3": checkCircle,
  "00-4": checkDraws,
};
