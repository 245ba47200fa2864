/** Step: the npm packages of the lock file, with every install script off. */
import { readFile } from "node:fs/promises";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";
import { hashFile } from "./stamp.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} Locked */

const lock = inRoot("package-lock.json");
/** npm writes it when it has installed everything. */
const installed = inRoot("node_modules", ".package-lock.json");

/** @type {import("./step.mjs").Step} */
export const nodeModules = {
  name: "node-modules",
  title: "npm packages",
  inputs: async () => ({
    lock: await hashFile(lock),
    packages: await Promise.all(
      [".", "lib", "exercises"].map((folder) => hashFile(inRoot(folder, "package.json"))),
    ),
    system: [process.platform, process.arch],
  }),
  outputs: [installed],
  works: async () => {
    const [wanted, found] = await Promise.all([lock, installed].map(lockedPackages));
    return wanted !== undefined && found !== undefined && agrees(wanted, found);
  },
  run: () =>
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      advice:
        "Is the registry reachable? Run this again: what was downloaded is kept in npm's cache.",
    }),
};

/**
 * Whether what is installed is what the lock file says. Optional packages may be absent: they are for other platforms.
 * @param {Locked} wanted the packages of the lock file, by path
 * @param {Locked} found the packages that npm has noted as installed
 * @returns {boolean}
 */
export function agrees(wanted, found) {
  const fits = Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true;
    return path in found ? found[path]?.version === version : optional === true;
  });
  return fits && Object.keys(found).every((path) => path in wanted);
}

/** @returns {Promise<Locked | undefined>} undefined where the file is missing or broken */
async function lockedPackages(/** @type {string} */ file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
