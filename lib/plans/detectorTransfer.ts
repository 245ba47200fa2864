/** A detector that learned from one generator, judged by the images of the others. */
import type { FitOptions } from "../detection/detector";
import { createRandom } from "../ops/random";
import {
  detectedGenerator,
  detectedGenerators,
  detectionSets,
  type DetectedGenerator,
  type DetectionSet,
} from "./detectionSets";
import { accuracyAndPrecision, fitDetector, scoresOf, type DetectorRecipe } from "./detectorTrials";
import { fitOptionsOf } from "../experiments/resume";
import { definePlan, type PlanFigure } from "../experiments/plan";

/** Images of each class in each half. */
const COUNT = 450;

type FigureName = `${"accuracy" | "precision"} on ${DetectedGenerator}`;

const names = detectedGenerators.flatMap((name): FigureName[] => [
  `accuracy on ${name}`,
  `precision on ${name}`,
]);

/** Fits a detector on the images of one generator, and judges it by the test images of each. */
export async function transferred(
  sets: ReadonlyMap<DetectedGenerator, DetectionSet>,
  {
    trainedOn,
    seed,
    ...recipe
  }: DetectorRecipe & { readonly trainedOn: DetectedGenerator; readonly seed: number },
  options?: FitOptions,
): Promise<Record<FigureName, number>> {
  const fitted = await fitDetector(
    recipe,
    (sets.get(trainedOn) as DetectionSet).train,
    seed,
    options,
  );
  const figures = Object.fromEntries(
    [...sets].flatMap(([name, { test }]) => {
      const { accuracy, precision } = accuracyAndPrecision(scoresOf(fitted, test));
      return [
        [`accuracy on ${name}`, accuracy],
        [`precision on ${name}`, precision],
      ];
    }),
  ) as Record<FigureName, number>;
  fitted.dispose();
  return figures;
}

/**
 * The cross-generator matrix of Wang et al. (arXiv 1912.11035, table 2) for the generators of this course: trained on one, tested on
 * each, with and without blurred and compressed copies in training. The figures are accuracy at a score of 0.5, and average
 * precision; both are 50 by chance. The steps are the network's; the cosine waves' detector takes none. All generators have the
 * seed 1: the spread is that of the images drawn and of the detector.
 */
export const detectorTransfer = definePlan({
  name: "detector-transfer",
  description: "Detectors trained on one generator and tested on the others.",
  version: 1,
  settings: {
    detector: ["dct", "cnn"],
    augmentation: ["none", "blur+jpeg"],
    trainedOn: detectedGenerators,
  },
  seeds: 5,
  steps: 400,
  figures: Object.fromEntries(names.map((name) => [name, { unit: "%" }])) as Record<
    FigureName,
    PlanFigure
  >,
  datasets: ["mnist"],
  async prepare() {
    for (const name of detectedGenerators) (await detectedGenerator(name)).dispose();
  },
  async run({ settings, ...cell }) {
    const { seed, steps } = cell;
    const sets = await detectionSets({ random: createRandom(seed), count: COUNT });
    return transferred(sets, { ...settings, seed, steps }, fitOptionsOf(cell));
  },
});
