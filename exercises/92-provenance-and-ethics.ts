/** The checks of lesson 92's exercises. */
import type { Pixels, ExerciseCheck } from "gan-lib";
import { expectBetween, expectNumber, expectShares } from "./expect";

function picture(
  width: number,
  height: number,
  change: { readonly at: number; readonly by: number } = { at: 0, by: 0 },
): Pixels {
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 7) % 200,
  );
  rgba[change.at]! += change.by;
  return { width, height, rgba };
}

/** Exercise 1: a hash of what a picture shows, whatever file holds it. */
function checkPixelHash(hash: (pixels: Pixels) => string): ExerciseCheck[] {
  const original = hash(picture(6, 4));
  const differs = (name: string, other: Pixels, hint: string): ExerciseCheck => ({
    name,
    pass: hash(other) !== original,
    hint,
  });
  return [
    {
      name: "is a SHA-256 in hexadecimal",
      pass: /^[0-9a-f]{64}$/.test(original),
      hint: `createHash("sha256").update(…).digest("hex") has 64 digits. Yours gives "${original}".`,
    },
    {
      name: "is the same for the same picture",
      pass: hash(picture(6, 4)) === original,
      hint: "Hash the pixels, nothing that changes from call to call.",
    },
    differs(
      "sees one level of one pixel",
      picture(6, 4, { at: 50, by: 1 }),
      "Every byte of rgba must go in, not a mean or a part.",
    ),
    differs(
      "sees the last pixel",
      picture(6, 4, { at: 92, by: 1 }),
      "Every byte of rgba must go in.",
    ),
    differs(
      "tells 6 x 4 from 4 x 6",
      picture(4, 6),
      "Both have the same bytes in the same order: the sizes must go in too.",
    ),
  ];
}

/** Exercise 2: how many of `bits` coins must agree so that chance does it at most so often. */
function checkMatchThreshold(threshold: (bits: number, limit: number) => number): ExerciseCheck[] {
  return [
    expectNumber(
      "16 bits, at most one in a thousand",
      threshold(16, 1e-3),
      15,
      "P(15 or 16 of 16) is 17 / 65536; with 14 it is 137 / 65536, too much.",
    ),
    expectNumber(
      "8 bits, at most one in a hundred",
      threshold(8, 1e-2),
      8,
      "Sum the chances of k and of all that is above it: P(7 or 8 of 8) is 9 / 256.",
    ),
    expectNumber(
      "says bits + 1 where even all bits are too few",
      threshold(4, 1e-2),
      5,
      "All 4 of 4 come by chance in 1 of 16 images: no number of matches is enough.",
    ),
    expectNumber(
      "0 matches come always",
      threshold(16, 1),
      0,
      "If a rate of 1 is allowed, every image may be called marked.",
    ),
    expectNumber(
      "many bits",
      threshold(128, 1e-6),
      92,
      "Go from chance to chance by C(n, k - 1) = C(n, k) k / (n - k + 1): factorials of 128 are too large to be exact.",
    ),
  ];
}

/** What exercise 3 is given of one group. */
export interface GroupErrors {
  readonly group: string;
  /** Real images, and how many of them were called generated. */
  readonly real: number;
  readonly falsePositives: number;
  /** Generated images, and how many of them were called real. */
  readonly generated: number;
  readonly falseNegatives: number;
}

/** Exercise 3: the largest difference between two groups, of false positive or of false negative rates (Hardt et al., arXiv 1610.02413). */
function checkErrorGap(gap: (groups: readonly GroupErrors[]) => number): ExerciseCheck[] {
  const group = (
    real: number,
    falsePositives: number,
    generated: number,
    falseNegatives: number,
  ): GroupErrors => ({ group: "g", real, falsePositives, generated, falseNegatives });
  return [
    expectNumber(
      "is 0 where all groups fare alike",
      gap([group(100, 10, 100, 5), group(50, 5, 20, 1)]),
      0,
      "Compare rates, not counts: 10 of 100 and 5 of 50 are the same.",
    ),
    expectNumber(
      "takes false positives",
      gap([group(100, 30, 100, 5), group(100, 10, 100, 5)]),
      0.2,
      "The rate is false positives by real images.",
    ),
    expectNumber(
      "takes false negatives",
      gap([group(100, 10, 100, 5), group(100, 10, 100, 45)]),
      0.4,
      "The rate is false negatives by generated images.",
    ),
    expectNumber(
      "does not let them cancel out",
      gap([group(100, 30, 100, 10), group(100, 10, 100, 30)]),
      0.2,
      "The accuracy of both groups is the same here, but who is accused and who is missed is not.",
    ),
    expectNumber(
      "takes the two groups that are farthest apart",
      gap([group(10, 1, 10, 0), group(10, 2, 10, 0), group(10, 6, 10, 0)]),
      0.5,
      "Largest minus smallest rate over all groups.",
    ),
  ];
}

/** The share of right bits after three changes of a marked image, from 0 to 1. */
export interface BitsAfter {
  readonly negative: number;
  readonly mirrored: number;
  readonly halfContrast: number;
}

/** Exercise 4: what a watermark says of an image that was turned into its negative, mirrored, or made paler. */
function checkBitsAfter(predict: () => BitsAfter): ExerciseCheck[] {
  const { negative, mirrored, halfContrast } = predict();
  return [
    expectShares(
      "all are shares from 0 to 1",
      [negative, mirrored, halfContrast],
      "Half of the bits right is chance, 0.5.",
    ),
    expectBetween(
      "in the negative every bit is wrong",
      negative,
      [-Infinity, 0.05],
      "The negative of x is -x, so each x · u changes its sign, and with it each bit.",
    ),
    expectBetween(
      "mirrored, the bits are coins",
      mirrored,
      [0.35, 0.65],
      "The patterns lie at other places than the reader looks for them, as after a crop.",
    ),
    expectBetween(
      "with half of the contrast every bit is right",
      halfContrast,
      [0.95, Infinity],
      "Each x · u becomes half as large, and keeps its sign.",
    ),
  ];
}

/** Lesson 92. */
export const lesson92 = {
  "92-1": checkPixelHash,
  "92-2": checkMatchThreshold,
  "92-3": checkErrorGap,
  "92-4": checkBitsAfter,
};
