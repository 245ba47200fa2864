/** Step: the addon of @tensorflow/tfjs-node-gpu, linked to the unpacked library. Which library it is decides the device. */
import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { buildEnvironment } from "./node-headers.mjs";
import { tfjsPackage } from "./paths.mjs";
import { findPython } from "./prerequisites.mjs";
import { run, SetupError } from "./run.mjs";
import { bindingVersion, tensorflowFolder, tensorflowVersion } from "./tensorflow.mjs";
import { hashFile } from "./stamp.mjs";

/** The built addon. tf.js names the folder by the highest version of Node-API that it was made for. */
export const bindingFile = join(tfjsPackage, "lib", "napi-v8", "tfjs_binding.node");

/**
 * @param {import("./tensorflow.mjs").Device} device
 * @returns {import("./step.mjs").Step}
 */
export function binding(device) {
  const library = join(tfjsPackage, "deps", "lib", "libtensorflow.so");
  const source = join(tensorflowFolder(device), "tensorflow", "libtensorflow_cc.so.2");
  return {
    name: "binding",
    title: `tf.js addon (${device})`,
    inputs: async () => ({
      device,
      source,
      tensorflow: tensorflowVersion,
      package: await hashFile(join(tfjsPackage, "package.json")),
      node: process.version,
    }),
    outputs: [bindingFile, library],
    works: async () => {
      await link(device);
      return bindingVersion(bindingFile).ok;
    },
    run: async () => {
      await build();
      const { ok, output } = bindingVersion(bindingFile);
      if (!ok) throw new SetupError(`The tf.js addon was built but does not load TensorFlow ${tensorflowVersion}: ${output}`);
    },
  };
}

/**
 * Links the library into the package, where its build and its addon look for it. The CUDA libraries go where the
 * TensorFlow library of the wheel expects them, relative to itself.
 */
async function link(/** @type {import("./tensorflow.mjs").Device} */ device) {
  const from = tensorflowFolder(device);
  const deps = join(tfjsPackage, "deps");
  await rm(deps, { recursive: true, force: true });
  await mkdir(join(deps, "lib"), { recursive: true });
  await symlink(join(from, "tensorflow", "include"), join(deps, "include"));
  for (const [name, target] of [
    ["libtensorflow.so", "libtensorflow_cc.so.2"],
    ["libtensorflow_cc.so.2", "libtensorflow_cc.so.2"],
    ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
    ["libtensorflow_framework.so.2", "libtensorflow_framework.so.2"],
  ]) {
    await symlink(join(from, "tensorflow", target ?? ""), join(deps, "lib", name ?? ""));
  }
  if ((await readdir(from)).includes("nvidia")) await symlink(join(from, "nvidia"), join(deps, "nvidia"));
}

/** The package's own script builds it: npm lends node-gyp. What a killed build left behind goes first. */
async function build() {
  for (const name of ["build", "lib"]) await rm(join(tfjsPackage, name), { recursive: true, force: true });
  await run("npm", ["run", "build-addon-from-source"], {
    cwd: tfjsPackage,
    env: buildEnvironment(findPython()?.command ?? "python3"),
    advice: "The addon could not be compiled: see the lines above.",
  });
}
