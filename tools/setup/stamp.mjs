/**
 * Stamps: a step that has completed leaves a file with a hash of what it depended on, and with the size and time of
 * what it made. A step whose stamp still fits is not done again; a killed step leaves no stamp.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * A hash of everything that a step depends on.
 * @param {unknown} inputs a value that JSON can hold
 * @returns {string} SHA-256, hexadecimal
 */
export function hashInputs(inputs) {
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
}

/**
 * A hash of a file's bytes.
 * @param {string} path
 * @returns {Promise<string>} SHA-256, hexadecimal; "missing" where there is no such file
 */
export async function hashFile(path) {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? "missing" : createHash("sha256").update(bytes).digest("hex");
}

/**
 * Size and time of files, links followed: enough to notice a deleted, truncated or replaced one without reading it.
 * @param {string[]} paths
 * @returns {Promise<string[]>} one entry a file, "missing" where it is not there
 */
export async function fingerprint(paths) {
  return Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size, mtimeMs }) => `${size} ${Math.trunc(mtimeMs)}`,
        () => "missing",
      ),
    ),
  );
}

/**
 * Whether a step completed with these inputs, and its outputs are as it left them.
 * @param {string} file the stamp
 * @param {unknown} inputs
 * @param {string[]} outputs paths
 * @returns {Promise<boolean>} false too where the stamp is missing or cannot be read
 */
export async function stampHolds(file, inputs, outputs) {
  const text = await readFile(file, "utf8").catch(() => "");
  return text !== "" && text === (await stampText(inputs, outputs));
}

/**
 * Writes a stamp beside its place and then renames it, so that a stamp is whole or not there.
 * @param {string} file the stamp
 * @param {unknown} inputs
 * @param {string[]} outputs paths
 * @throws {Error} when an output is missing: the step has not made what it promises
 */
export async function writeStamp(file, inputs, outputs) {
  const text = await stampText(inputs, outputs);
  if (text === "") throw new Error(`Not all of these were made: ${outputs.join(", ")}`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}

/**
 * Takes a stamp away, before a step begins to change what it vouches for.
 * @param {string} file the stamp
 */
export async function removeStamp(file) {
  await rm(file, { force: true });
}

/** @returns {Promise<string>} what a stamp holds; empty when an output is missing, which no stamp holds */
async function stampText(/** @type {unknown} */ inputs, /** @type {string[]} */ outputs) {
  const prints = await fingerprint(outputs);
  if (prints.includes("missing")) return "";
  return `${JSON.stringify({ inputs: hashInputs(inputs), outputs: prints }, null, 2)}\n`;
}
