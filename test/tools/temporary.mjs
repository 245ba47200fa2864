/** Folders for tests, inside the repository's build folder. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { after } from "node:test";
import { buildDir } from "../../tools/run/paths.mjs";

/** @returns {string} A new folder, removed after the tests of the file that asks for it. */
export function temporaryFolder(name) {
  mkdirSync(buildDir, { recursive: true });
  const folder = mkdtempSync(path.join(buildDir, `${name}-`));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
