/** The plans that `npm run experiment` knows: each in a file of its own, and one line here. */
import path from "node:path";
import { pathToFileURL } from "node:url";
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

const FILE = /\.[cm]?js$/;

/**
 * The plan that a person names: one of the library's, or one in a file of its own.
 *
 * @param name A plan's name, or a JavaScript file that exports it as `plan`.
 * @throws Error listing the plans when there is none of that name, or saying what the file must export.
 */
export async function loadPlan(name: string): Promise<Plan> {
  if (!FILE.test(name)) return experimentPlan(name);
  const { plan } = (await import(pathToFileURL(path.resolve(name)).href)) as { plan?: Plan };
  if (plan === undefined)
    throw new Error(
      `${name} exports no plan: it needs \`export const plan = definePlan({ … });\`.`,
    );
  return plan;
}
