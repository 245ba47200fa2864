/** Step: gan-lib and its exercises, compiled from TypeScript. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { ask, run } from "./run.mjs";
import { fingerprint } from "./stamp.mjs";

/** The packages' folders, in the order of their arrows. */
const packages = ["lib", "exercises"];

const compiler = [inRoot("node_modules", "typescript", "bin", "tsc"), "--build"];

/** @type {import("./step.mjs").Step & { works: () => Promise<boolean> }} */
export const library = {
  name: "gan-lib",
  title: "gan-lib",
  inputs: async () => {
    const sources = [
      inRoot("tsconfig.json"),
      ...(await Promise.all(packages.map(sourcesOf))).flat(),
    ];
    return sources.map((path) => path.slice(inRoot().length)).concat(await fingerprint(sources));
  },
  outputs: packages.flatMap((name) => [
    inRoot(name, "dist", "index.js"),
    inRoot(name, "dist", "index.d.ts"),
  ]),
  // Built by `npm run build`, for one: the compiler itself says whether its output is that of the sources.
  works: async () => {
    const { ok, output } = ask(process.execPath, [...compiler, "--dry", ...packages]);
    return ok && !/would build/i.test(output);
  },
  run: () =>
    run(process.execPath, [...compiler, ...packages], {
      advice:
        "gan-lib or its exercises do not compile: mend the lines above, or take your changes in lib/ and exercises/ back.",
    }),
};

/**
 * @param {string} name a package's folder
 * @returns {Promise<string[]>} everything that the compiler reads of it, sorted
 */
async function sourcesOf(name) {
  const entries = await readdir(inRoot(name), { recursive: true });
  const sources = entries.filter(
    (path) => path.endsWith(".ts") && !/^(dist|node_modules)[\\/]/.test(path),
  );
  return ["tsconfig.json", ...sources.sort()].map((path) => join(inRoot(name), path));
}
