/** Step: gan-lib, compiled from TypeScript. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";
import { fingerprint } from "./stamp.mjs";

/** @type {import("./step.mjs").Step} */
export const library = {
  name: "gan-lib",
  title: "gan-lib",
  inputs: async () => {
    const sources = await librarySources();
    return sources.map((path) => path.slice(inRoot().length)).concat(await fingerprint(sources));
  },
  outputs: [inRoot("lib", "dist", "index.js"), inRoot("lib", "dist", "index.d.ts")],
  run: () =>
    run(process.execPath, [inRoot("node_modules", "typescript", "bin", "tsc"), "--build", "lib"], {
      advice: "gan-lib does not compile: mend the lines above, or take your changes in lib/ back.",
    }),
};

/** @returns {Promise<string[]>} everything that the compiler reads of the repository, sorted */
async function librarySources() {
  const entries = await readdir(inRoot("lib"), { recursive: true });
  const sources = entries.filter(
    (path) => path.endsWith(".ts") && !/^(dist|node_modules)[\\/]/.test(path),
  );
  return [
    inRoot("tsconfig.json"),
    inRoot("lib", "tsconfig.json"),
    ...sources.sort().map((path) => join(inRoot("lib"), path)),
  ];
}
