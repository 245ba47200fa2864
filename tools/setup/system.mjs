/** What machine this is: everything that set-up decides by. */
import { readFileSync } from "node:fs";

/**
 * @typedef {object} System
 * @property {NodeJS.Platform} platform
 * @property {string} arch
 * @property {boolean} glibc whether programs for the GNU C library run here (not on Alpine, for example)
 * @property {boolean} root whether we may install system packages
 * @property {string[]} family the Linux distribution and those it is made from, e.g. ["ubuntu", "debian"]
 * @property {string} label for people, e.g. "Debian GNU/Linux 12 (bookworm), x64"
 */

/**
 * @returns {System} the machine this runs on
 */
export function thisSystem() {
  const release = osRelease();
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: process.platform === "linux" && hasGlibc(),
    root: process.getuid?.() === 0,
    family: `${release["ID"] ?? ""} ${release["ID_LIKE"] ?? ""}`.trim().split(/\s+/),
    label: `${release["PRETTY_NAME"] ?? process.platform}, ${process.arch}`,
  };
}

/**
 * Why the native TensorFlow backend cannot be had here.
 * @param {System} system
 * @param {Record<string, string | undefined>} env
 * @returns {string | undefined} undefined where it can
 */
export function whyNoNative(system, env = process.env) {
  if (env["GAN_BACKEND"] === "wasm") return "GAN_BACKEND=wasm asks for WebAssembly";
  if (system.platform === "linux" && system.arch === "x64" && system.glibc) return undefined;
  return `the pinned TensorFlow library is for Linux x64 with the GNU C library, and this is ${system.label}, where nothing is tested`;
}

/** @returns {Record<string, string>} the fields of /etc/os-release; none elsewhere than on Linux */
function osRelease() {
  /** @type {string} */
  let text;
  try {
    text = readFileSync("/etc/os-release", "utf8");
  } catch {
    return {};
  }
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)="?(.*?)"?$/gm)].map(([, key, value]) => [key, value]),
  );
}

/** @returns {boolean} whether Node itself stands on the GNU C library */
function hasGlibc() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return report.header.glibcVersionRuntime !== undefined;
}
