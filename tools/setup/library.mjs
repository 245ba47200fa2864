/** Step: gan-lib and its exercises, compiled from TypeScript. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";
import { fingerprint } from "./stamp.mjs";

/** The packages' folders, in the order of their arrows. */
const packages = ["lib", "exercises"];

/** @type {import("./step.mjs").Step} */
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
  run: () =>
    run(
      process.execPath,
      [inRoot("node_modules", "typescript", "bin", "tsc"), "--build", ...packages],
      {
        advice:
          "gan-lib or its exercises do not compile: mend the lines above, or take your changes in lib/ and exercises/ back.",
      },
    ),
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
