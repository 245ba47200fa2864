/** Finds the plan that a person names: one of gan-lib's, or one in a file of its own. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { experimentPlan } from "gan-lib";

const FILE = /\.[cm]?js$/;

/**
 * @param {string} name A plan's name, or a JavaScript file that exports it as `plan`.
 * @returns {Promise<import("gan-lib").Plan>}
 * @throws {Error} listing the plans when there is none of that name.
 */
export async function findPlan(name) {
  if (!FILE.test(name)) return experimentPlan(name);
  const { plan } = await import(pathToFileURL(path.resolve(name)).href);
  if (plan === undefined)
    throw new Error(
      `${name} exports no plan: it needs \`export const plan = definePlan({ … });\`.`,
    );
  return plan;
}
