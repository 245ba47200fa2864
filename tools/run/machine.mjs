/** What figures were measured on. A processor's name does not say how it computes: two of one name round differently. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";
import { inRoot, root } from "../setup/paths.mjs";

/** The sets of instructions by which numeric kernels are chosen. */
const NUMERIC = /^(sse4_1|sse4_2|avx\w*|fma|f16c|amx_\w+|asimd\w*|sve\w*|bf16|i8mm)$/;

/** Multiplies two matrices, so that oneDNN says what it is and does. */
const PROBE = `const { ready, tf } = require("gan-lib");
ready().then(() => tf.matMul(tf.ones([256, 256]), tf.ones([256, 256])).dataSync());`;

/**
 * @param {string} [cpuinfo] What /proc/cpuinfo says.
 * @returns {string} The processor's numeric instruction sets, or "unknown" where the system does not say.
 */
export function instructionSets(cpuinfo = readCpuinfo()) {
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuinfo)?.[1] ?? "";
  const numeric = flags.split(/\s+/).filter((flag) => NUMERIC.test(flag));
  return numeric.length === 0 ? "unknown" : numeric.sort().join(" ");
}

function readCpuinfo() {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}

/**
 * Reads oneDNN's log of a product of matrices.
 *
 * @param {string} log
 * @returns {{ oneDNN: string, oneDNNInstructions: string, oneDNNKernels: "yes" | "no" }} Its version, the
 *   instruction set it uses, and whether TensorFlow takes its kernels (else it only multiplies matrices with it).
 */
export function readOneDnn(log) {
  const version = /info,oneDNN (v[\d.]+)/.exec(log)?.[1] ?? "not used";
  const instructions = /info,cpu,isa:([^\n]+)/.exec(log)?.[1] ?? "not used";
  const kernels = /,exec,cpu,(?!gemm_api)/.test(log) ? "yes" : "no";
  return { oneDNN: version, oneDNNInstructions: instructions, oneDNNKernels: kernels };
}

/** @type {Map<string, ReturnType<typeof readOneDnn>>} By the variables that it depends on: to ask takes seconds. */
const asked = new Map();

/** @returns {ReturnType<typeof readOneDnn>} What oneDNN says with this process's environment. */
function askOneDnn() {
  const { ONEDNN_MAX_CPU_ISA, TF_ENABLE_ONEDNN_OPTS, GAN_BACKEND } = process.env;
  const key = JSON.stringify([ONEDNN_MAX_CPU_ISA, TF_ENABLE_ONEDNN_OPTS, GAN_BACKEND]);
  const known = asked.get(key);
  if (known) return known;
  const log = execFileSync(process.execPath, ["-e", PROBE], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ONEDNN_VERBOSE: "1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const found = readOneDnn(log);
  asked.set(key, found);
  return found;
}

/** @returns {Record<string, string | number>} Processor, instruction sets, what oneDNN makes of them, memory, system. */
export function describeMachine() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? "unknown",
    instructionSets: instructionSets(),
    ...askOneDnn(),
    cores: os.availableParallelism(),
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.arch()}`,
  };
}

/** @returns {Record<string, string>} The versions that a figure may depend on. */
export function describeVersions() {
  const { version, dependencies } = JSON.parse(readFileSync(inRoot("lib", "package.json"), "utf8"));
  return {
    node: process.version,
    "gan-lib": version,
    "@tensorflow/tfjs": dependencies["@tensorflow/tfjs"],
  };
}

/** @returns {string} Where the rows of a run come from, in a line. */
export function sayRun({ command, machine, versions, device, rows }) {
  const { cpu, instructionSets, oneDNN, oneDNNInstructions, oneDNNKernels } = machine;
  const processor = instructionSets === undefined ? cpu : `${cpu} (${instructionSets})`;
  const kernels = oneDNNKernels === "no" ? ", for products of matrices only" : "";
  const computes =
    oneDNN === undefined
      ? device
      : `${device}, oneDNN ${oneDNN} with ${oneDNNInstructions}${kernels}`;
  const seeds = [...new Set(rows.map(({ seed }) => seed))].join(", ");
  return `- \`${command}\`: seed${seeds.includes(",") ? "s" : ""} ${seeds}; ${processor}; ${computes}; gan-lib ${versions["gan-lib"]}, Node ${versions.node}`;
}
