/** The common weights, samples and first random numbers of all sides: little-endian float32 files with a list of shapes. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACK_SIZE, workloads } from "../workloads.mjs";
import { latentDimOf, networks, realData, stepRandom } from "./games.mjs";
import { gan } from "./library.mjs";

const { tf } = gan;

const fileOf = (folder, workload, name) => path.join(folder, `${workload}.${name}.f32`);

function writeTensors(folder, workload, name, tensors) {
  writeFileSync(
    fileOf(folder, workload, name),
    Buffer.concat(tensors.map((tensor) => Buffer.from(new Float32Array(tensor.dataSync()).buffer))),
  );
  return tensors.map(({ shape }) => shape);
}

/** What a workload's first step draws, in order. */
function firstDraws(workload) {
  const { batch } = workloads[workload];
  const random = stepRandom();
  const count = workload === "ring" ? batch * PACK_SIZE : batch;
  const z = () => random.normal([count, latentDimOf(workload)]);
  const order = {
    mlp: () => [z(), z()],
    dcgan: () => [z(), z()],
    ring: () => [z()],
    critic: () => [z(), random.uniform([batch, 1, 1, 1])],
    sampling: () => [z()],
    frechet: () => [],
  };
  return order[workload]();
}

/**
 * Writes lists of tensors by their names.
 * @param {string} folder
 * @param {string} workload
 * @param {Record<string, import("@tensorflow/tfjs").Tensor[]>} lists
 */
export function exportTensors(folder, workload, lists) {
  mkdirSync(folder, { recursive: true });
  const shapes = Object.entries(lists).map(([name, tensors]) => [
    name,
    writeTensors(folder, workload, name, tensors),
  ]);
  writeFileSync(path.join(folder, `${workload}.json`), JSON.stringify(Object.fromEntries(shapes)));
}

/** Writes what the sides share for a workload: both players' initial weights, the real data, the first step's draws. */
export function exportWorkload(folder, workload) {
  const trainable = (model) => model?.trainableWeights.map((weight) => weight.read()) ?? [];
  const { generator, discriminator } = networks(workload);
  const weights = { generator: trainable(generator), discriminator: trainable(discriminator) };
  exportTensors(folder, workload, {
    ...weights,
    real: realData(workload),
    draws: firstDraws(workload),
  });
}

/** @returns {import("@tensorflow/tfjs").Tensor[]} what `exportWorkload` wrote under a name */
export function readTensors(folder, workload, name) {
  const shapes = JSON.parse(readFileSync(path.join(folder, `${workload}.json`), "utf8"))[name];
  const bytes = readFileSync(fileOf(folder, workload, name));
  let offset = 0;
  return shapes.map((shape) => {
    const length = tf.util.sizeFromShape(shape) * 4;
    const values = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length),
    );
    offset += length;
    return tf.tensor(values, shape);
  });
}

/**
 * Puts the common initial weights into networks.
 * @param {{ generator?: { variables: object[] }, discriminator?: { variables: object[] } }} players
 */
export function loadWeights(folder, workload, players) {
  for (const [name, player] of Object.entries(players)) {
    if (player === undefined) continue;
    const values = readTensors(folder, workload, name);
    player.variables.forEach((variable, i) => variable.assign(values[i]));
    tf.dispose(values);
  }
}
