/** What must be there before set-up begins: Node, Python with venv, and for native parts a C++ compiler and make. */
import { installCommands, isApt, needTitles } from "./packages.mjs";
import { ask, run, SetupError } from "./run.mjs";

/** @typedef {import("./packages.mjs").Need} Need */
/** @typedef {(command: string, args: string[]) => { ok: boolean, output: string }} Ask */
/** @typedef {{ command: string, version: string, venv: boolean }} Python */

const oldestNode = /** @type {const} */ ([20, 19]);
const oldestPython = /** @type {const} */ ([3, 10]);

/**
 * Stops where Node is too old: nothing else can be tried then.
 * @param {string} version as in `process.versions.node`
 * @throws {SetupError} with ways to get a newer one
 */
export function checkNode(version = process.versions.node) {
  if (atLeast(version, oldestNode)) return;
  throw new SetupError(
    `Node ${version} is too old: ${oldestNode.join(".")} or newer is needed (20, 22 and 24 are tried).\n` +
      "Take one from your system, from a version manager (`nvm install 24`), or from npm: `npx -p node@24 npm start`.",
  );
}

/**
 * The Python that makes the virtual environment: `PYTHON` where it is set, else the first that is new enough.
 * @param {Ask} [probe]
 * @param {Record<string, string | undefined>} [env]
 * @returns {Python | undefined} undefined where none is new enough
 */
export function findPython(probe = ask, env = process.env) {
  const named = env["PYTHON"];
  const minors = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  const candidates = named ? [named] : ["python3", ...minors, "python"];
  const script =
    "import sys, importlib.util as u; print('%d.%d' % sys.version_info[:2], all(map(u.find_spec, ('venv', 'ensurepip'))))";
  for (const command of candidates) {
    const { ok, output } = probe(command, ["-c", script]);
    const [version = "", venv] = output.split(" ");
    if (ok && atLeast(version, oldestPython)) return { command, version, venv: venv === "True" };
  }
  return undefined;
}

/**
 * What is missing of the system's packages.
 * @param {Need[]} wanted
 * @param {Ask} [probe]
 * @param {Record<string, string | undefined>} [env]
 * @returns {Need[]} in the order asked for
 */
export function missingNeeds(wanted, probe = ask, env = process.env) {
  const python =
    wanted.includes("python") || wanted.includes("venv") ? findPython(probe, env) : undefined;
  /** @type {Record<Need, () => boolean>} */
  const there = {
    python: () => python !== undefined,
    venv: () => python?.venv === true,
    compiler: () =>
      (env["CXX"] ? [env["CXX"]] : ["g++", "c++", "clang++"]).some(
        (name) => probe(name, ["--version"]).ok,
      ),
    make: () => probe("make", ["--version"]).ok,
    canvas: () =>
      probe("pkg-config", ["--exists", "cairo", "pangocairo", "libjpeg", "librsvg-2.0"]).ok,
  };
  return wanted.filter((need) => !there[need]());
}

/**
 * Makes sure of system packages: as root on Debian and Ubuntu installs what is missing, elsewhere says the command.
 * @param {Need[]} wanted
 * @param {import("./system.mjs").System} system
 * @param {{ probe?: Ask, install?: typeof run }} [by] how to ask and how to install
 * @returns {Promise<Need[]>} what was installed
 * @throws {SetupError} naming what is missing and the exact command
 */
export async function ensureNeeds(wanted, system, { probe = ask, install = run } = {}) {
  const missing = missingNeeds(wanted, probe);
  if (missing.length === 0) return [];
  if (system.root && isApt(system)) {
    for (const line of installCommands(missing, system)) {
      const [command = "", ...args] = line.split(" ");
      await install(command, args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
    }
  }
  const left = missingNeeds(missing, probe);
  if (left.length > 0) throw new SetupError(missingMessage(left, system));
  return missing;
}

/**
 * @param {Need[]} missing at least one
 * @param {import("./system.mjs").System} system
 * @returns {string} what is missing and what to type
 */
export function missingMessage(missing, system) {
  const what = missing.map((need) => `  - ${needTitles[need]}`).join("\n");
  const how = installCommands(missing, system)
    .map((line) => `  ${line}`)
    .join("\n");
  return `Missing on ${system.label}:\n${what}\nTo install:\n${how}\nThen run this again: it goes on where it stopped.`;
}

/** @returns {boolean} */
function atLeast(
  /** @type {string} */ version,
  /** @type {readonly [number, number]} */ [major, minor],
) {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}
