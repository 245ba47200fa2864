/** The checks of lesson 90's exercises. */
import { createRandom, type ExerciseCheck } from "gan-lib";
import { close, expectBetween, expectNumber, expectShares } from "./expect";

type Spectra = (power: readonly number[]) => { zeros: number[]; repeated: number[] };

/** |F|² of a real signal at every frequency, by the sum that defines it. */
function powerOf(signal: readonly number[]): number[] {
  return signal.map((_, k) => {
    const part = (wave: (angle: number) => number): number =>
      signal.reduce(
        (sum, value, x) => sum + value * wave((2 * Math.PI * k * x) / signal.length),
        0,
      );
    return part(Math.cos) ** 2 + part(Math.sin) ** 2;
  });
}

/** Exercise 1: the power spectrum of a signal that grew to twice its length, from the spectrum before. */
function checkUpsampledPower(spectra: Spectra): ExerciseCheck[] {
  const random = createRandom(90);
  const signal = Array.from({ length: 6 }, () => random.next());
  const { zeros, repeated } = spectra(powerOf(signal));
  const wanted = {
    zeros: powerOf(signal.flatMap((value) => [value, 0])),
    repeated: powerOf(signal.flatMap((value) => [value, value])),
  };
  const equals = (got: readonly number[], all: readonly number[]): boolean =>
    got.length === all.length && all.every((value, k) => close(got[k]!, value, 1e-6));
  const say = (values: readonly number[]): string =>
    values.map((value) => value.toFixed(3)).join(", ");
  return [
    {
      name: "both have a value for each of the 2n frequencies",
      pass: zeros.length === 12 && repeated.length === 12,
      hint: `From 6 frequencies come 12, yours gives ${zeros.length} and ${repeated.length}.`,
    },
    {
      name: "zeros between the samples repeat the spectrum",
      pass: equals(zeros, wanted.zeros),
      hint: `The zeros add nothing to the sum, so F'(k) = F(k mod n). Wanted ${say(wanted.zeros)}.`,
    },
    {
      name: "repeated samples damp its second copy",
      pass: equals(repeated, wanted.repeated),
      hint: `Each pair adds the same value twice, one place apart: F'(k) = F(k mod n) (1 + exp(-iπk/n)), and |1 + exp(-iφ)|² = 4 cos²(φ/2). Wanted ${say(wanted.repeated)}.`,
    },
  ];
}

/** Exercise 2: the area under the ROC curve, by counting pairs. */
function checkPairedArea(
  area: (real: readonly number[], fake: readonly number[]) => number,
): ExerciseCheck[] {
  return [
    expectNumber(
      "all generated images above all real ones: 1",
      area([0.1, 0.2], [0.8, 0.9, 0.7]),
      1,
      "Every pair is in order.",
    ),
    expectNumber(
      "all below: 0",
      area([0.8, 0.9], [0.1]),
      0,
      "No pair is in order. Which of the two should score higher?",
    ),
    expectNumber(
      "five of six pairs",
      area([0.1, 0.6], [0.5, 0.9, 0.7]),
      5 / 6,
      "Divide by the number of pairs, real times generated.",
    ),
    expectNumber(
      "a tie is half",
      area([0.4, 0.1], [0.4]),
      0.75,
      "Equal scores do not tell which is which: count one half.",
    ),
    expectNumber(
      "a constant score is chance",
      area([0.5, 0.5, 0.5], [0.5, 0.5]),
      0.5,
      "All pairs are ties.",
    ),
  ];
}

type Trust = (truePositiveRate: number, falsePositiveRate: number, share: number) => number;

/** Exercise 3: how probable it is that an accused image is generated (Bayes). */
function checkAccusation(trust: Trust): ExerciseCheck[] {
  return [
    expectNumber(
      "as many generated as real images: a detector of 90 % and 10 % is right 9 times in 10",
      trust(0.9, 0.1, 0.5),
      0.9,
      "Of 1,000 images 450 are accused rightly and 50 wrongly.",
    ),
    expectNumber(
      "one generated image in a thousand: the same detector is nearly always wrong",
      trust(0.9, 0.1, 0.001),
      0.0009 / (0.0009 + 0.0999),
      "Of 1,000 images 0.9 are accused rightly and 99.9 wrongly.",
    ),
    expectNumber(
      "a detector that accuses nobody wrongly is always right",
      trust(0.2, 0, 0.01),
      1,
      "With a false positive rate of 0 there are no wrong accusations.",
    ),
    expectNumber(
      "a coin says nothing: the share stays",
      trust(0.5, 0.5, 0.03),
      0.03,
      "With equal rates the accusation does not depend on the image.",
    ),
    expectNumber(
      "what it misses does not count here",
      trust(0.3, 0.1, 0.5),
      0.75,
      "Only accused images are counted: 0.15 rightly, 0.05 wrongly.",
    ),
  ];
}

/** What a leak does to a detector's test and to its control: two areas under ROC curves. */
export interface LeakAreas {
  readonly test: number;
  readonly control: number;
}

/** Exercise 4: a leak that only the images called generated have. */
function checkLeakAreas(predict: () => LeakAreas): ExerciseCheck[] {
  const { test, control } = predict();
  return [
    expectShares(
      "both are areas from 0 to 1",
      [test, control],
      "0.5 is chance, 1 is a perfect order.",
    ),
    expectBetween(
      "the test is far above chance",
      test,
      [0.75, Infinity],
      "Scaling wipes out fine detail, and it was done to one half only: a detector of fine detail finds that.",
    ),
    expectBetween(
      "the control stays at chance",
      control,
      [0.4, 0.6],
      "The control compares real images with real ones, and neither half of them was scaled: what should it find?",
    ),
  ];
}

/** Lesson 90. */
export const lesson90 = {
  "90-1": checkUpsampledPower,
  "90-2": checkPairedArea,
  "90-3": checkAccusation,
  "90-4": checkLeakAreas,
};
