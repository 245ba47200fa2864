/** Step: canvas' addon, built from the source that the lock file names by its sum. Of the prebuilt files there are no sums. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildEnvironment } from "./node-headers.mjs";
import { inRoot } from "./paths.mjs";
import { ensureNeeds, findPython } from "./prerequisites.mjs";
import { ask, run, SetupError } from "./run.mjs";

const folder = inRoot("node_modules", "canvas");
const addon = join(folder, "build", "Release", "canvas.node");

/**
 * @param {import("./system.mjs").System} system
 * @returns {import("./step.mjs").Step}
 */
export function canvas(system) {
  return {
    name: "canvas",
    title: "canvas (pictures)",
    inputs: async () => ({
      package: await version(),
      system: [system.platform, system.arch],
      node: process.version,
    }),
    outputs: [addon],
    works: async () => draws(),
    run: async () => {
      await rm(join(folder, "build"), { recursive: true, force: true });
      await buildFromSource(system);
      if (!draws())
        throw new SetupError(
          `canvas was installed but does not load with Node ${process.version}: ${drawing().output}`,
        );
    },
  };
}

/** @returns {Promise<string>} */
async function version() {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  return JSON.parse(text).version ?? "missing";
}

/** Draws one pixel in a process of its own: an addon that does not fit may end the process. */
const drawing = () =>
  ask(process.execPath, ["-e", "require('canvas').createCanvas(1, 1).toBuffer()"]);
const draws = () => drawing().ok;

/** `npm explore` lends the node-gyp that npm brings. */
async function buildFromSource(/** @type {import("./system.mjs").System} */ system) {
  await ensureNeeds(["compiler", "make", "canvas"], system);
  const python = findPython()?.command ?? "python3";
  await run("npm", ["explore", "canvas", "--", "node-gyp", "rebuild"], {
    env: buildEnvironment(python),
    advice: "canvas does not build from its source: see the lines above.",
  });
}
