/** The checks of lesson 42's exercises. */
import { type ExerciseCheck, shareInterval } from "gan-lib";
import { expectNumber, expectWord } from "./expect";

/** Exercise 1: the Fréchet distance of endlessly many samples (Chong and Forsyth, arXiv 1911.07023). */
function checkEndlessSamples(
  extrapolate: (sizes: readonly number[], distances: readonly number[]) => number,
): ExerciseCheck[] {
  const line = (sizes: number[]): number =>
    extrapolate(
      sizes,
      sizes.map((n) => 7 + 100 / n),
    );
  return [
    expectNumber(
      "finds where a line in 1 / n begins",
      line([100, 200, 400]),
      7,
      "Fit distance = a + b · (1 / n) and return a: the value at 1 / n = 0.",
    ),
    expectNumber(
      "the order of the sizes does not matter",
      line([400, 50, 100, 200]),
      7,
      "Use all points alike.",
    ),
    expectNumber(
      "a distance without bias stays",
      extrapolate([10, 20, 30], [5, 5, 5]),
      5,
      "The slope is 0 here.",
    ),
    expectNumber(
      "scattered distances: the least squares decide",
      extrapolate([1, 2, 4], [4, 1, 1]),
      -0.5,
      "Slope: the sum of (x - mean x)(y - mean y) over the sum of (x - mean x)², with x = 1 / n; a = mean y - slope · mean x.",
    ),
  ];
}

type NearestNeighbourAccuracy = (
  real: readonly (readonly number[])[],
  fake: readonly (readonly number[])[],
) => number;

/** Exercise 2: the nearest-neighbour two-sample test, leaving one out (Lopez-Paz and Oquab, arXiv 1610.06545; Xu et al., arXiv 1806.07755). */
function checkNearestNeighbour(accuracy: NearestNeighbourAccuracy): ExerciseCheck[] {
  const onLine = (values: number[]): number[][] => values.map((value) => [value]);
  const cloud = [
    [0, 0],
    [1, 0],
    [0, 1],
  ];
  const shifted = (points: number[][], by: number): number[][] =>
    points.map(([x, y]) => [x! + by, y!]);
  return [
    expectNumber(
      "two sets far apart are told apart always",
      accuracy(cloud, shifted(cloud, 100)),
      1,
      "Every sample's nearest other sample is of its own set.",
    ),
    expectNumber(
      "exact copies are taken for the other set always",
      accuracy(shifted(cloud, 0), shifted(cloud, 0)),
      0,
      "The nearest other sample of a copied image is its copy, in the other set. Leave out the sample itself, by its number, not by its distance.",
    ),
    expectNumber(
      "samples of both sets are asked",
      accuracy(onLine([0, 1, 10]), onLine([0.4, 10.1, 30])),
      1 / 6,
      "Only 30 has its nearest neighbour, 10.1, in its own set; 1 of 6.",
    ),
    expectNumber(
      "every sample has one vote, also where one set is larger",
      accuracy(onLine([0, 10]), onLine([1, 20, 21, 22])),
      0.5,
      "3 of all 6 say yes. The mean of both sets' shares would be 0.375.",
    ),
    expectNumber(
      "all dimensions count",
      accuracy(
        [
          [0, 0],
          [0, 9],
        ],
        [
          [1, 9],
          [1, 0],
        ],
      ),
      0,
      "Sum the squares of the gaps over the dimensions.",
    ),
  ];
}

/** As far as exercise 3 looks. */
const MOST_PICTURES = 2000;

/** From how many pictures on; the twin of exercise 3. */
function picturesFrom(share: number): number {
  const isUnsure = (pictures: number): boolean =>
    shareInterval(Math.round(share * pictures), pictures).low <= 0.5;
  let last = MOST_PICTURES;
  while (last > 0 && !isUnsure(last)) last--;
  return last + 1;
}

/** Exercise 3: from how many pictures on a judge can be told from a guesser. */
function checkPicturesNeeded(picturesNeeded: (share: number) => number): ExerciseCheck[] {
  return [
    expectNumber(
      "a judge who is always right needs 4",
      picturesNeeded(1),
      4,
      "With n of n right, the lower end is n / (n + 1.96²).",
    ),
    ...[0.9, 0.75, 0.6].map((share) =>
      expectNumber(
        `a judge who is right in ${100 * share} %`,
        picturesNeeded(share),
        picturesFrom(share),
        "Rounding makes the lower end jump, so it can rise above 0.5 and fall back. Go through all numbers up to 2,000; the answer is one above the last that fails.",
      ),
    ),
  ];
}

type Verdict = "sees" | "fooled";

/** Which numbers see that a generator shows each of its images ten times. */
export interface RepeatVerdicts {
  readonly score: Verdict;
  readonly frechet: Verdict;
  readonly precision: Verdict;
  readonly recall: Verdict;
}

/** Exercise 4: what sees repeats. */
function checkRepeats(predict: () => RepeatVerdicts): ExerciseCheck[] {
  const predicted = predict();
  const verdictOf = (figure: keyof RepeatVerdicts, truth: Verdict, why: string): ExerciseCheck => {
    const name = `the ${figure} ${truth === "sees" ? "sees it" : "is fooled"}`;
    return expectWord(name, predicted[figure], truth, why);
  };
  return [
    verdictOf(
      "score",
      "fooled",
      "Each answer is sure, and the classes stay about equally frequent.",
    ),
    verdictOf(
      "frechet",
      "sees",
      "Copies add no information: mean and covariance are those of a tenth of the images, with ten times the bias.",
    ),
    verdictOf("precision", "fooled", "It asks of each image whether it is real, and each is."),
    verdictOf(
      "recall",
      "sees",
      "The three nearest neighbours of an image are copies of it, so its ball has the radius 0 and holds no real image.",
    ),
  ];
}

type Cloud = readonly (readonly number[])[];
type PrecisionAndRecall = (
  real: Cloud,
  fake: Cloud,
  k: number,
) => { readonly precision: number; readonly recall: number };

const onLine = (...places: number[]): Cloud => places.map((x) => [x, 0]);
/** Radii for k = 1: 1, 1, 1 and 8. */
const REAL = onLine(0, 1, 2, 10);
/** Radii for k = 1: 3, 1.5, 1.5 and 25. */
const FAKE = onLine(0.5, 3.5, 5, 30);

/** Exercise 5: precision and recall by balls (Kynkäänniemi et al., arXiv 1904.06991, eq. 1 and 2). */
function checkPrecisionRecall(measure: PrecisionAndRecall): ExerciseCheck[] {
  const apart = measure(REAL, FAKE, 1);
  const [origin, corner] = [
    [0, 0],
    [3, 4],
  ];
  return [
    expectNumber(
      "precision: generated points in the real region",
      apart.precision,
      3 / 4,
      "Real points at 0, 1, 2 and 10 with k = 1 have the radii 1, 1, 1 and 8. Of 0.5, 3.5, 5 and 30 only the last lies in no ball.",
    ),
    expectNumber(
      "recall: real points in the generated region",
      apart.recall,
      1,
      "Generated points at 0.5, 3.5, 5 and 30 have the radii 3, 1.5, 1.5 and 25: every real point lies in a ball.",
    ),
    expectNumber(
      "the k-th neighbour is another point",
      measure(onLine(0, 1, 10), onLine(-5, 12, 30), 2).precision,
      2 / 3,
      "With k = 2 the balls around 0, 1 and 10 have the radii 10, 9 and 10, so only 30 lies outside. A point is not its own neighbour.",
    ),
    expectNumber(
      "the border belongs to the ball",
      measure(onLine(0, 1), onLine(2, 9), 1).precision,
      1 / 2,
      "The point 2 is exactly as far from 1 as the radius.",
    ),
    expectNumber(
      "distances are straight lines",
      measure(
        [origin, corner],
        [
          [0, -6],
          [0, -5],
        ],
        1,
      ).precision,
      1 / 2,
      "Both balls have the radius 5, the root of 3² + 4². The point (0, -5) is on a border, (0, -6) is outside.",
    ),
    expectNumber(
      "copies have balls of radius 0",
      measure(onLine(0, 3, 6), onLine(3, 3, 3), 1).recall,
      1 / 3,
      "Leave a point out by its index: its copy is another point, at distance 0.",
    ),
  ];
}

/** Lesson 42. */
export const lesson42 = {
  "42-1": checkEndlessSamples,
  "42-2": checkNearestNeighbour,
  "42-3": checkPicturesNeeded,
  "42-4": checkRepeats,
  "42-5": checkPrecisionRecall,
};
