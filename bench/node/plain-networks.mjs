/** The networks in plain tf.js: its own layers, and its own operations where it has no layer that does. */
import { PACK_SIZE } from "../workloads.mjs";
import { gan } from "./library.mjs";

const { tf } = gan;

const { dense, leakyReLU, reLU, reshape, flatten, conv2d, conv2dTranspose, activation } = tf.layers;
const batchNormalization = () => tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 });
const leaky = () => leakyReLU({ alpha: 0.2 });
const strided = { kernelSize: 5, strides: 2, padding: /** @type {const} */ ("same") };

const mlpGenerator = () => [
  ...[256, 512, 1024].flatMap((units, i) => [
    dense({ units, ...(i === 0 ? { inputShape: [100] } : {}) }),
    leaky(),
  ]),
  dense({ units: 784, activation: "tanh" }),
  reshape({ targetShape: [28, 28, 1] }),
];
const mlpDiscriminator = () => [
  flatten({ inputShape: [28, 28, 1] }),
  ...[512, 256].flatMap((units) => [dense({ units }), leaky()]),
  dense({ units: 1 }),
];
const dcganGenerator = () => [
  dense({ units: 7 * 7 * 128, useBias: false, inputShape: [100] }),
  reshape({ targetShape: [7, 7, 128] }),
  batchNormalization(),
  reLU(),
  conv2dTranspose({ ...strided, filters: 64, useBias: false }),
  batchNormalization(),
  reLU(),
  conv2dTranspose({ ...strided, filters: 1 }),
  activation({ activation: "tanh" }),
];
const dcganDiscriminator = () => [
  conv2d({ ...strided, filters: 64, inputShape: [28, 28, 1] }),
  leaky(),
  conv2d({ ...strided, filters: 128, useBias: false }),
  batchNormalization(),
  leaky(),
  flatten(),
  dense({ units: 1 }),
];
const pacganGenerator = () => [
  ...[400, 400, 400, 400].flatMap((units, i) => [
    dense({ units, useBias: false, ...(i === 0 ? { inputShape: [2] } : {}) }),
    batchNormalization(),
    reLU(),
  ]),
  dense({ units: 2 }),
];

/** What a network is to a step: its variables, and its output while training. */
function sequential(layers) {
  const model = tf.sequential({ layers });
  const variables = model.trainableWeights.map((weight) => weight.read());
  return { model, variables, apply: (x) => model.apply(x, { training: true }) };
}

/** tf.layers has no maxout: three of them and a linear layer, from tf.js's operations. */
function maxoutDiscriminator() {
  const shapes = [2 * PACK_SIZE, 200, 200].flatMap((inputs) => [[inputs, 1000], [1000]]);
  const variables = [...shapes, [200, 1], [1]].map((shape) => tf.variable(tf.zeros(shape)));
  const apply = (x) => {
    let h = x;
    for (let i = 0; i < 6; i += 2) {
      h = tf.max(tf.reshape(tf.add(tf.matMul(h, variables[i]), variables[i + 1]), [-1, 5, 200]), 1);
    }
    return tf.add(tf.matMul(h, variables[6]), variables[7]);
  };
  return { variables, apply };
}

/**
 * Halves the sides of images.
 * @param {import("@tensorflow/tfjs").Tensor} images
 * @param {import("@tensorflow/tfjs").Tensor} kernel
 */
function convolve(images, kernel) {
  const [x, filter] = /** @type {import("@tensorflow/tfjs").Tensor4D[]} */ ([images, kernel]);
  return tf.conv2d(x, filter, 2, "same");
}

/** tf.js cannot differentiate its leaky ReLU twice: the critic's is made of two ReLUs. */
function critic() {
  const shapes = [[5, 5, 1, 64], [64], [5, 5, 64, 128], [128], [6272, 1], [1]];
  const variables = shapes.map((shape) => tf.variable(tf.zeros(shape)));
  /** @template {import("@tensorflow/tfjs").Tensor} T @param {T} x @returns {T} */
  const leakyRelu = (x) => tf.sub(tf.relu(x), tf.mul(0.2, tf.relu(tf.neg(x))));
  const apply = (x) => {
    const first = leakyRelu(tf.add(convolve(x, variables[0]), variables[1]));
    const second = leakyRelu(tf.add(convolve(first, variables[2]), variables[3]));
    return tf.add(tf.matMul(tf.reshape(second, [x.shape[0], -1]), variables[4]), variables[5]);
  };
  return { variables, apply };
}

/** [generator, discriminator] of a workload, where tf.js has what they need. */
export const networks = {
  mlp: () => [sequential(mlpGenerator()), sequential(mlpDiscriminator())],
  ring: () => [sequential(pacganGenerator()), maxoutDiscriminator()],
  dcgan: () => [sequential(dcganGenerator()), sequential(dcganDiscriminator())],
  critic: () => [sequential(dcganGenerator()), critic()],
  sampling: () => [sequential(dcganGenerator())],
};
