/** Step: the TensorFlow C library, taken out of the pinned Python wheel. */
import { rm, rename } from "node:fs/promises";
import { join } from "node:path";
import { inRoot, nativeFolder, venvPython } from "./paths.mjs";
import { ask, run } from "./run.mjs";
import { hashFile } from "./stamp.mjs";

/** @typedef {"cpu" | "gpu"} Device */

/** The version that the wheels are pinned to, and that the binding must report. */
export const tensorflowVersion = "2.21.0";

const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const unpacker = inRoot("tools", "native", "unpack.py");

/** Always the files for CPython 3.11, whatever Python is here: only the C libraries in them are used. */
const wheelTags = [
  ...[
    "--only-binary",
    ":all:",
    "--implementation",
    "cp",
    "--python-version",
    "3.11",
    "--abi",
    "cp311",
    "--abi",
    "none",
  ],
  ...["2014", ...Array.from({ length: 12 }, (_, i) => `_2_${17 + i}`)].flatMap((glibc) => [
    "--platform",
    `manylinux${glibc}_x86_64`,
  ]),
];

/**
 * Where the library for a device lies, once unpacked.
 * @param {Device} device
 * @returns {string}
 */
export const tensorflowFolder = (device) => join(nativeFolder, device);

/**
 * @param {Device} device
 * @returns {import("./step.mjs").Step}
 */
export function tensorflow(device) {
  const wheels = inRoot("tools", "native", `tensorflow-${device}.txt`);
  const folder = tensorflowFolder(device);
  return {
    name: `tensorflow-${device}`,
    title: `TensorFlow ${tensorflowVersion} library (${device})`,
    inputs: async () => ({ wheels: await hashFile(wheels), unpacker: await hashFile(unpacker) }),
    outputs: libraries.map((name) => join(folder, "tensorflow", name)),
    run: () => fetchAndUnpack(wheels, folder),
  };
}

/**
 * Downloads wheels, whose sums pip checks, and keeps the parts that a native addon needs.
 * Unpacked beside the folder, then renamed: the folder is whole or not there.
 * @param {string} wheels a requirement file with one sum a line
 * @param {string} folder
 * @param {string[]} [options] more options for pip
 * @throws {import("./run.mjs").SetupError} when a download fails or a sum is wrong
 */
export async function fetchAndUnpack(wheels, folder, options = []) {
  const download = `${folder}.download`;
  const partial = `${folder}.partial`;
  for (const path of [folder, partial, download]) await rm(path, { recursive: true, force: true });
  const quiet = [
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar",
    "off",
  ];
  await run(
    venvPython,
    [
      "-m",
      "pip",
      "download",
      "--require-hashes",
      "--no-deps",
      ...quiet,
      ...wheelTags,
      ...options,
      "-r",
      wheels,
      "-d",
      download,
    ],
    {
      advice:
        "Is the package index reachable? Then run this again. Where a sum does not match, another file came than the pinned one.",
    },
  );
  await run(venvPython, [unpacker, download, partial]);
  await rm(download, { recursive: true });
  await rename(partial, folder);
}

/**
 * The version of the TensorFlow library that the built binding loads; asked in a process of its own, without tf.js.
 * @param {string} binding path of tfjs_binding.node
 * @returns {{ ok: boolean, output: string }} the version, or why it does not load
 */
export function bindingVersion(binding) {
  const script = "console.log(require(process.argv[1]).TF_Version)";
  const answer = ask(process.execPath, ["-e", script, binding], {
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
  });
  return { ok: answer.ok && answer.output.endsWith(tensorflowVersion), output: answer.output };
}
