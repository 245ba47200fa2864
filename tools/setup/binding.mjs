/** Step: the addon of @tensorflow/tfjs-node-gpu, linked to the unpacked library. Which library it is decides the device. */
import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildEnvironment } from "./node-headers.mjs";
import { tfjsPackage } from "./paths.mjs";
import { findPython } from "./prerequisites.mjs";
import { run, SetupError } from "./run.mjs";
import { bindingVersion, tensorflowFolder, tensorflowVersion } from "./tensorflow.mjs";
import { hashFile } from "./stamp.mjs";

/** The highest version of Node-API that tf.js' addon knows; every Node from 20 on has it. */
const nodeApi = 8;

/** The built addon, where tf.js looks for it. */
export const bindingFile = join(tfjsPackage, "lib", `napi-v${nodeApi}`, "tfjs_binding.node");

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
      if (!ok)
        throw new SetupError(
          `The tf.js addon was built but does not load TensorFlow ${tensorflowVersion}: ${output}`,
        );
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
  if ((await readdir(from)).includes("nvidia"))
    await symlink(join(from, "nvidia"), join(deps, "nvidia"));
}

/**
 * Builds the addon in a temporary folder and then moves it to its place: gyp's makefiles cannot have spaces in the paths
 * that this package asks for, and a build that is killed leaves nothing in the package. `npm explore` lends node-gyp.
 */
async function build() {
  const folder = await mkdtemp(join(tmpdir(), "tfjs-binding-"));
  try {
    for (const name of ["binding", "binding.gyp", "package.json"]) {
      await cp(join(tfjsPackage, name), join(folder, name), { recursive: true });
    }
    await symlink(join(tfjsPackage, "deps"), join(folder, "deps"));
    const variables = [
      "--module_name=tfjs_binding",
      `--module_path=${join(folder, "built")}`,
      `--napi_build_version=${nodeApi}`,
    ];
    await run(
      "npm",
      [
        "explore",
        "@tensorflow/tfjs-node-gpu",
        "--",
        "node-gyp",
        "rebuild",
        "-C",
        folder,
        ...variables,
      ],
      {
        env: buildEnvironment(findPython()?.command ?? "python3"),
        advice: "The addon could not be compiled: see the lines above.",
      },
    );
    await mkdir(dirname(bindingFile), { recursive: true });
    await cp(join(folder, "built", "tfjs_binding.node"), `${bindingFile}.partial`);
    await rename(`${bindingFile}.partial`, bindingFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
