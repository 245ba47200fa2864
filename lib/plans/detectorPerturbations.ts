/** What compression, blur, scaling and noise leave of a detector. */
import * as tf from "../backend/tf";
import type { FitOptions } from "../detection/detector";
import { createRandom } from "../ops/random";
import { detectedGenerator, detectionSets, type DetectionSet } from "./detectionSets";
import {
  accuracyAndPrecision,
  fitDetector,
  perturbationStrengths,
  perturbed,
  scoresOf,
  type DetectorRecipe,
  type Perturbation,
} from "./detectorTrials";
import { fitOptionsOf } from "../experiments/resume";
import { definePlan } from "../experiments/plan";

/** Images of each class in each half. */
const COUNT = 450;

const trials = (Object.keys(perturbationStrengths) as Perturbation[]).flatMap((perturbation) =>
  perturbationStrengths[perturbation].map((strength) => ({ perturbation, strength })),
);

type FigureName = `${"accuracy" | "precision"}, ${Perturbation} ${number}`;

const names = trials.flatMap(({ perturbation, strength }): FigureName[] => [
  `accuracy, ${perturbation} ${strength}`,
  `precision, ${perturbation} ${strength}`,
]);

/** Fits a detector on the set's first half, and judges it by the other, changed by each perturbation at each strength. */
export async function underPerturbations(
  { train, test }: DetectionSet,
  { seed, ...recipe }: DetectorRecipe & { readonly seed: number },
  options?: FitOptions,
): Promise<Record<FigureName, number>> {
  const random = createRandom(seed);
  const fitted = await fitDetector(recipe, train, seed, options);
  const figures = Object.fromEntries(
    trials.flatMap(({ perturbation, strength }) => {
      const changed = perturbed(
        perturbation,
        strength,
        test,
        random.split(`${perturbation} ${strength}`),
      );
      const { accuracy, precision } = accuracyAndPrecision(scoresOf(fitted, changed));
      tf.dispose([changed.real, changed.fake]);
      return [
        [`accuracy, ${perturbation} ${strength}`, accuracy],
        [`precision, ${perturbation} ${strength}`, precision],
      ];
    }),
  ) as Record<FigureName, number>;
  fitted.dispose();
  return figures;
}

/**
 * Detectors trained on images of the DCGAN, and judged by others of it that were compressed, blurred, scaled down and up, or made
 * noisy, real and generated ones alike (after Wang et al., arXiv 1912.11035, section 4.2, and Frank et al., arXiv 2003.08685). Every
 * image went through JPEG before. The figures are accuracy at a score of 0.5 and average precision; both are 50 by chance.
 */
export const detectorPerturbations = definePlan({
  name: "detector-perturbations",
  description: "Detectors of the DCGAN's images under JPEG, blur, resize and noise.",
  version: 1,
  settings: { detector: ["dct", "cnn"], augmentation: ["none", "blur+jpeg"] },
  seeds: 5,
  steps: 400,
  figures: Object.fromEntries(names.map((name) => [name, { unit: "%" }])),
  datasets: ["mnist"],
  prepare: async () => (await detectedGenerator("dcgan")).dispose(),
  async run({ settings, ...cell }) {
    const { seed, steps } = cell;
    const sets = await detectionSets({
      random: createRandom(seed),
      count: COUNT,
      generators: ["dcgan"],
    });
    return underPerturbations(
      sets.get("dcgan") as DetectionSet,
      { ...settings, seed, steps },
      fitOptionsOf(cell),
    );
  },
});
