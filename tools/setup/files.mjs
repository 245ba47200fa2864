/** Small files, written whole or not at all. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file, beside its place and then renamed, if it does not hold the text already.
 * @param {string} file
 * @param {string} text
 * @returns {Promise<boolean>} whether it was written
 */
export async function writeIfDifferent(file, text) {
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) return false;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
  return true;
}
