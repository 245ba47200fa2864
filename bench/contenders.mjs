/** Who is measured, and how each is started. */
import path from "node:path";
import { inRoot } from "../tools/setup/paths.mjs";
import { benchPython } from "./environment.mjs";

const serve = inRoot("bench", "node", "serve.mjs");
const python = (file) => inRoot("bench", "python", file);

/**
 * @typedef {object} ContenderKind
 * @property {string} title
 * @property {string} [peer] what must be installed for it
 * @property {(workload: string, folder: string) => string[]} command
 */

const inNode = (name) => (workload, folder) => [process.execPath, serve, name, workload, folder];
const inPython = (file, name) => (workload, folder) => [
  benchPython,
  python(file),
  name,
  workload,
  folder,
];

/** @type {Record<string, ContenderKind>} */
const kinds = {
  "gan-trained": { title: "gan-lib, trainSteps", command: inNode("gan-trained") },
  "gan-compiled": { title: "gan-lib, compiled", command: inNode("gan-compiled") },
  "gan-eager": { title: "gan-lib, as it is", command: inNode("gan-eager") },
  before: { title: "gan-lib before, trainSteps", peer: "before", command: inNode("before") },
  tfjs: { title: "plain tf.js", command: inNode("tfjs") },
  pytorch: {
    title: "PyTorch eager",
    peer: "pytorch",
    command: inPython("torch_side.py", "pytorch"),
  },
  "torch-compile": {
    title: "torch.compile",
    peer: "pytorch",
    command: inPython("torch_side.py", "torch-compile"),
  },
  tensorflow: {
    title: "TensorFlow graph",
    peer: "tensorflow",
    command: inPython("tensorflow_side.py", "tensorflow"),
  },
};

/**
 * @param {string[]} peers What is measured besides gan-lib and plain tf.js: "pytorch", "tensorflow", "before".
 * @returns {Record<string, ContenderKind>} by name, in the order of a round
 */
export function contendersWith(peers) {
  return Object.fromEntries(
    Object.entries(kinds).filter(([, { peer }]) => peer === undefined || peers.includes(peer)),
  );
}

/** Where the common weights and samples lie. */
export const commonFolder = path.join(inRoot("build", "bench"), "common");
