/** The plans that `npm run experiment` knows: each in a file of its own, and one line here. */
import type { Plan } from "../experiments/plan";
import { dcganAblation } from "./dcganAblation";
import { detectorPerturbations } from "./detectorPerturbations";
import { detectorTransfer } from "./detectorTransfer";
import { diracGan } from "./diracGan";
import { lipschitzImages } from "./lipschitzImages";
import { modeCollapseRemedies } from "./modeCollapseRemedies";
import { pacganGrid, pacganRing } from "./pacganMixtures";
import { stackedMnist } from "./stackedMnist";
import { unrolledStackedMnist } from "./unrolledStackedMnist";

/** Every plan, in the order of the lessons. */
export const plans: readonly Plan[] = [
  diracGan,
  dcganAblation,
  lipschitzImages,
  pacganRing,
  pacganGrid,
  modeCollapseRemedies,
  stackedMnist,
  unrolledStackedMnist,
  detectorTransfer,
  detectorPerturbations,
];

/**
 * The plan of the given name.
 *
 * @throws Error listing the plans when there is none of that name.
 */
export function experimentPlan(name: string): Plan {
  const plan = plans.find((known) => known.name === name);
  if (plan === undefined)
    throw new Error(
      `There is no plan "${name}". There are: ${plans.map((known) => known.name).join(", ")}.`,
    );
  return plan;
}
