/** Stand-ins for the machine: systems, and commands that answer what a test wants. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @type {import("../../tools/setup/system.mjs").System} */
const debian = {
  platform: "linux",
  arch: "x64",
  glibc: true,
  root: false,
  family: ["debian"],
  label: "Debian, x64",
};

/**
 * @param {Partial<import("../../tools/setup/system.mjs").System>} [changes] from a plain user on Debian, x64
 * @returns {import("../../tools/setup/system.mjs").System}
 */
export const system = (changes = {}) => ({ ...debian, ...changes });

/**
 * A machine on which only these commands exist.
 * @param {Record<string, string>} answers what each command prints
 * @returns {import("../../tools/setup/prerequisites.mjs").Ask}
 */
export const only = (answers) => (command) =>
  command in answers
    ? { ok: true, output: answers[command] ?? "" }
    : { ok: false, output: `${command}: not found` };

/**
 * A folder that goes when the test ends.
 * @param {import("node:test").TestContext} t
 * @returns {string}
 */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "set up "));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Progress that keeps what it is told. */
export function quietProgress() {
  /** @type {string[]} */
  const lines = [];
  return {
    lines,
    say: (/** @type {string} */ line) => void lines.push(line),
    begin: (/** @type {string} */ title) => (/** @type {string} */ outcome) =>
      void lines.push(`${title} ${outcome}`),
  };
}
