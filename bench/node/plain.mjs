/** The workloads in plain tf.js: its own operations and optimizers. */
import { BETA2, EPSILON, PACK_SIZE, PENALTY, SAMPLES, workloads } from "../workloads.mjs";
import { loadWeights } from "./exported.mjs";
import { latentDimOf, moments, realData, stepRandom } from "./games.mjs";
import { networks } from "./plain-networks.mjs";
import { gan } from "./library.mjs";

const { tf } = gan;

const softplusMean = (x) => tf.mean(tf.softplus(x));
const discriminatorLoss = (real, fake) => tf.add(softplusMean(tf.neg(real)), softplusMean(fake));

function inTurn({ generator, discriminator, draw, learn }, real) {
  const fake = generator.apply(draw());
  const ofD = learn(discriminator, () =>
    discriminatorLoss(discriminator.apply(real), discriminator.apply(fake)),
  );
  ofD.update();
  const z = draw();
  const ofG = learn(generator, () => softplusMean(tf.neg(discriminator.apply(generator.apply(z)))));
  ofG.update();
  return [ofD.value, ofG.value];
}

const pack = (x) => tf.concat(tf.split(x, PACK_SIZE, 0), -1);

function simultaneous({ generator, discriminator, draw, learn }, real) {
  const z = draw();
  let fake = /** @type {import("@tensorflow/tfjs").Tensor | undefined} */ (undefined);
  const ofG = learn(generator, () => {
    fake = tf.keep(pack(generator.apply(z)));
    return softplusMean(tf.neg(discriminator.apply(fake)));
  });
  const ofD = learn(discriminator, () =>
    discriminatorLoss(discriminator.apply(pack(real)), discriminator.apply(fake)),
  );
  fake?.dispose();
  ofG.update();
  ofD.update();
  return [ofD.value, ofG.value];
}

function criticStep({ generator, discriminator, draw, random, learn }, real) {
  const fake = generator.apply(draw());
  const between = tf.add(
    real,
    tf.mul(random.uniform([real.shape[0], 1, 1, 1]), tf.sub(fake, real)),
  );
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
    if (!optimizers.has(network))
      optimizers.set(network, tf.train.adam(learningRate, beta1, BETA2, EPSILON));
    const { value, grads } = tf.variableGrads(loss, network.variables);
    return { value, update: () => optimizers.get(network).applyGradients(grads) };
  };
}

function sampler(generator) {
  const { batch } = workloads.sampling;
  const latentDim = latentDimOf("sampling");
  const random = stepRandom();
  return () => {
    let first = [0, 0];
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
  const latentDim = latentDimOf(workload);
  const draw = () => random.normal([real.shape[0], latentDim]);
  const players = { generator, discriminator, random, draw, learn: learner(workload) };
  return () => {
    const figures = tf.tidy(() => tf.stack(steps[workload](players, real)));
    const values = [...figures.dataSync()];
    figures.dispose();
    return values;
  };
}
