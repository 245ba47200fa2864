/** The workloads in plain tf.js: its own layers, operations and optimizers, as its tutorials use them. */
import * as gan from "gan-lib";
import { BETA2, EPSILON, PACK_SIZE, PENALTY, SAMPLES, workloads } from "../workloads.mjs";
import { loadWeights } from "./exported.mjs";
import { moments, realData, stepRandom } from "./games.mjs";

const { tf } = gan;
const { dense, leakyReLU, reLU, reshape, flatten, conv2d, conv2dTranspose, activation } = tf.layers;
const batchNormalization = () => tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 });
const leaky = () => leakyReLU({ alpha: 0.2 });
const strided = { kernelSize: 5, strides: 2, padding: "same" };

const mlpGenerator = () => [
  ...[256, 512, 1024].flatMap((units, i) => [dense({ units, ...(i === 0 ? { inputShape: [100] } : {}) }), leaky()]),
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

/** tf.js cannot differentiate its leaky ReLU twice: the critic's is made of two ReLUs. */
function critic() {
  const shapes = [[5, 5, 1, 64], [64], [5, 5, 64, 128], [128], [6272, 1], [1]];
  const variables = shapes.map((shape) => tf.variable(tf.zeros(shape)));
  const leakyRelu = (x) => tf.sub(tf.relu(x), tf.mul(0.2, tf.relu(tf.neg(x))));
  const apply = (x) => {
    const first = leakyRelu(tf.add(tf.conv2d(x, variables[0], 2, "same"), variables[1]));
    const second = leakyRelu(tf.add(tf.conv2d(first, variables[2], 2, "same"), variables[3]));
    return tf.add(tf.matMul(tf.reshape(second, [x.shape[0], -1]), variables[4]), variables[5]);
  };
  return { variables, apply };
}

const networks = {
  mlp: () => [sequential(mlpGenerator()), sequential(mlpDiscriminator())],
  ring: () => [sequential(pacganGenerator()), maxoutDiscriminator()],
  dcgan: () => [sequential(dcganGenerator()), sequential(dcganDiscriminator())],
  critic: () => [sequential(dcganGenerator()), critic()],
  sampling: () => [sequential(dcganGenerator())],
};

const softplusMean = (x) => tf.mean(tf.softplus(x));
const discriminatorLoss = (real, fake) => tf.add(softplusMean(tf.neg(real)), softplusMean(fake));

function inTurn({ generator, discriminator, draw, learn }, real) {
  const fake = generator.apply(draw());
  const ofD = learn(discriminator, () => discriminatorLoss(discriminator.apply(real), discriminator.apply(fake)));
  ofD.update();
  const z = draw();
  const ofG = learn(generator, () => softplusMean(tf.neg(discriminator.apply(generator.apply(z)))));
  ofG.update();
  return [ofD.value, ofG.value];
}

const pack = (x) => tf.concat(tf.split(x, PACK_SIZE, 0), -1);

function simultaneous({ generator, discriminator, draw, learn }, real) {
  const z = draw();
  let fake;
  const ofG = learn(generator, () => {
    fake = tf.keep(pack(generator.apply(z)));
    return softplusMean(tf.neg(discriminator.apply(fake)));
  });
  const ofD = learn(discriminator, () => discriminatorLoss(discriminator.apply(pack(real)), discriminator.apply(fake)));
  fake.dispose();
  ofG.update();
  ofD.update();
  return [ofD.value, ofG.value];
}

function criticStep({ generator, discriminator, draw, random, learn }, real) {
  const fake = generator.apply(draw());
  const between = tf.add(real, tf.mul(random.uniform([real.shape[0], 1, 1, 1]), tf.sub(fake, real)));
  const loss = learn(discriminator, () => {
    const gap = tf.sub(tf.mean(discriminator.apply(fake)), tf.mean(discriminator.apply(real)));
    const slopes = tf.grad((x) => tf.sum(discriminator.apply(x)))(between);
    const norms = tf.sqrt(tf.add(tf.sum(tf.square(slopes), [1, 2, 3]), 1e-12));
    return tf.add(gap, tf.mul(PENALTY, tf.mean(tf.square(tf.sub(norms, 1)))));
  });
  loss.update();
  return [loss.value];
}

const steps = { mlp: inTurn, dcgan: inTurn, ring: simultaneous, critic: criticStep };

/** A loss's value, and the optimizer's step that follows from its gradients. */
function learner(workload) {
  const { learningRate, beta1 } = workloads[workload];
  const optimizers = new Map();
  return (network, loss) => {
    if (!optimizers.has(network)) optimizers.set(network, tf.train.adam(learningRate, beta1, BETA2, EPSILON));
    const { value, grads } = tf.variableGrads(loss, network.variables);
    return { value, update: () => optimizers.get(network).applyGradients(grads) };
  };
}

function sampler(generator) {
  const { batch, latentDim } = workloads.sampling;
  const random = stepRandom();
  return () => {
    let first;
    for (let made = 0; made < SAMPLES; made += batch) {
      const images = tf.tidy(() => generator.model.apply(random.normal([batch, latentDim])));
      const values = images.dataSync();
      if (made === 0) first = moments(values);
      images.dispose();
    }
    return first;
  };
}

/**
 * @param {string} workload
 * @param {string} folder where the common weights lie
 * @returns {() => number[]} takes one step and returns its figures
 * @throws {Error} when plain tf.js has nothing for the workload
 */
export function prepare(workload, folder) {
  if (networks[workload] === undefined) throw new Error("tf.js has no Fréchet distance.");
  const [generator, discriminator] = networks[workload]();
  loadWeights(folder, workload, { generator, discriminator });
  if (workload === "sampling") return sampler(generator);
  const random = stepRandom();
  const [real] = realData(workload);
  const { latentDim } = workloads[workload];
  const draw = () => random.normal([real.shape[0], latentDim]);
  const players = { generator, discriminator, random, draw, learn: learner(workload) };
  return () => {
    const figures = tf.tidy(() => tf.stack(steps[workload](players, real)));
    const values = [...figures.dataSync()];
    figures.dispose();
    return values;
  };
}
