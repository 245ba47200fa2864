/** What the doctor looks at. Nothing is changed, and nothing needs to be installed for it. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { bindingFile } from "../setup/binding.mjs";
import { dataFound } from "../setup/data-found.mjs";
import { folderBytes, freeBytes } from "../setup/disk.mjs";
import { size } from "../setup/format.mjs";
import { kernelspecFile, kernelspecFits } from "../setup/kernelspec.mjs";
import { library } from "../setup/library.mjs";
import { installCommands } from "../setup/packages.mjs";
import { inRoot, root, setupFolder, tfjsPackage, venvPython } from "../setup/paths.mjs";
import { findPython, missingNeeds } from "../setup/prerequisites.mjs";
import { ask } from "../setup/run.mjs";
import { holds } from "../setup/step.mjs";
import { whyNoNative } from "../setup/system.mjs";
import { bindingVersion } from "../setup/tensorflow.mjs";
import { finding, note } from "./report.mjs";

/** @typedef {import("./report.mjs").Finding} Finding */

const setUp = "npm run setup";

/**
 * The machine and its tools. Python, a compiler and make are needed only until everything is built.
 * @param {import("../setup/system.mjs").System} system
 * @returns {Finding[]}
 */
export function systemFindings(system) {
  const npm = ask("npm", ["--version"]);
  const built =
    existsSync(venvPython) && (whyNoNative(system) !== undefined || bindingVersion(bindingFile).ok);
  const python = findPython();
  const details = {
    python: python && `${python.version} (${python.command})`,
    venv: "there",
    compiler: "there",
    make: "there",
  };
  const needs = /** @type {(keyof typeof details)[]} */ (Object.keys(details));
  const missing = missingNeeds(needs);
  return [
    note("system", system.label),
    finding(true, "Node", `${process.version} (${process.execPath})`, ""),
    finding(npm.ok, "npm", npm.output, "install npm"),
    ...needs.map((need) => {
      if (!missing.includes(need)) return finding(true, need, details[need] ?? "there", "");
      if (built) return note(need, "not found; no longer needed");
      return finding(false, need, "not found", installCommands([need], system).join(" && "));
    }),
  ];
}

/**
 * The npm packages, and whether their native parts load.
 * @returns {Finding[]}
 */
export function packageFindings() {
  const versions = ["typescript", "tslab", "@tensorflow/tfjs"].map((name) => {
    const version = installedVersion(name);
    return finding(version !== undefined, name, version ?? "not installed", setUp);
  });
  const natives = ["canvas", "nodejs-polars", "zeromq"].map((name) => {
    const { ok, output } = ask(process.execPath, ["-e", `require(${JSON.stringify(name)})`]);
    return finding(ok, name, ok ? `${installedVersion(name)}, loads` : firstError(output), setUp);
  });
  return [...versions, ...natives];
}

/**
 * TensorFlow, and which device computes.
 * @param {import("../setup/system.mjs").System} system
 * @returns {Finding[]}
 */
export function deviceFindings(system) {
  const reason = whyNoNative(system);
  if (reason !== undefined) return [note("device", `wasm, because ${reason}`)];
  const { ok, output } = bindingVersion(bindingFile);
  const library = join(tfjsPackage, "deps", "lib", "libtensorflow.so");
  const gpu = existsSync(library) && realpathSync(library).includes(join("native", "gpu"));
  const device = gpu ? "gpu (its library; whether a GPU answers shows when it computes)" : "cpu";
  return [
    finding(ok, "TensorFlow", ok ? output : firstError(output), setUp),
    ok
      ? finding(true, "device", device, "")
      : note("device", "wasm, because the native addon does not load"),
  ];
}

/**
 * JupyterLab, the kernel and gan-lib.
 * @returns {Promise<Finding[]>}
 */
export async function jupyterFindings() {
  const lab = ask(venvPython, ["-m", "jupyterlab", "--version"]);
  const kernel = await kernelspecFits();
  const kernelState = existsSync(kernelspecFile) ? "for another Node or place: " : "not there: ";
  const built = (await holds(library, setupFolder)) || (await library.works());
  return [
    finding(lab.ok, "JupyterLab", lab.ok ? lab.output : "not installed", setUp),
    finding(kernel, "kernel tslab", `${kernel ? "" : kernelState}${kernelspecFile}`, setUp),
    finding(built, "gan-lib", built ? "built" : "not built, or changed since", setUp),
  ];
}

/**
 * The data sets.
 * @param {string | undefined} userFolder GAN_DATA_DIR
 * @returns {Finding[]}
 */
export function dataFindings(userFolder) {
  const [digits, ...fullSets] = dataFound(userFolder);
  return [
    note("GAN_DATA_DIR", userFolder ?? "not set"),
    ...(digits ? [finding(digits.found, digits.title, digits.detail, setUp)] : []),
    ...fullSets.map(({ title, found, detail }) => {
      return found
        ? finding(true, title, detail, "")
        : note(title, `${detail} (downloaded when first asked for)`);
    }),
  ];
}

/**
 * The disk.
 * @returns {Promise<Finding[]>}
 */
export async function diskFindings() {
  const folders = ["node_modules", ".venv", "build", join("data", "cache")];
  const sizes = await Promise.all(folders.map((folder) => folderBytes(inRoot(folder))));
  return [
    ...folders.map((folder, i) => note(folder, size(sizes[i] ?? 0))),
    note("free", size(await freeBytes(root))),
  ];
}

/** @returns {string | undefined} */
function installedVersion(/** @type {string} */ name) {
  const file = inRoot("node_modules", name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
}

/** @returns {string} the line of a stack trace that says what happened */
function firstError(/** @type {string} */ output) {
  return output.split("\n").find((line) => /error/i.test(line)) ?? output;
}
