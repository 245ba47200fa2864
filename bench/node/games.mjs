/** The workloads as gan-lib plays them. */
import {
  BETA2,
  EPSILON,
  FEATURES,
  PACK_SIZE,
  PENALTY,
  SAMPLES,
  SEED,
  workloads,
} from "../workloads.mjs";
import { gan } from "./library.mjs";

const { tf } = gan;

/** The networks of a workload, freshly initialised: always the same. */
export function networks(workload) {
  const [forG, forD] = ["generator", "discriminator"].map((name) =>
    gan.createRandom(SEED).split(name),
  );
  const { latentDim } = workloads[workload];
  const builders = {
    mlp: () => [
      gan.mlpGenerator({ latentDim, random: forG }),
      gan.mlpDiscriminator({ random: forD }),
    ],
    ring: () => [
      gan.pacganGenerator({ latentDim, random: forG }),
      gan.pacganDiscriminator({ packSize: PACK_SIZE, random: forD }),
    ],
    dcgan: () => [
      gan.dcganGenerator({ latentDim, random: forG }),
      gan.dcganDiscriminator({ random: forD }),
    ],
    critic: () => [
      gan.dcganGenerator({ latentDim, random: forG }),
      gan.dcganDiscriminator({ random: forD, normalization: "none" }),
    ],
    sampling: () => [gan.dcganGenerator({ latentDim, random: forG })],
    frechet: () => [],
  };
  const [generator, discriminator] = builders[workload]();
  return { generator, discriminator };
}

/** The length of a workload's latent vectors. @param {string} workload */
export function latentDimOf(workload) {
  const { latentDim } = workloads[workload];
  if (latentDim === undefined) throw new Error(`${workload} has no latent vectors.`);
  return latentDim;
}

/** Random numbers of a workload's steps. */
export function stepRandom() {
  return gan.createRandom(SEED).split("steps");
}

/** What a step works on, the same at every step: images, points of a plane, or two sets of features. */
export function realData(workload) {
  const random = gan.createRandom(SEED).split("real");
  const { batch } = workloads[workload];
  if (workload === "ring") return [random.normal([batch * PACK_SIZE, 2])];
  if (workload === "frechet")
    return [random.normal([batch, FEATURES]), random.normal([batch, FEATURES], 0.1, 1.1)];
  return workload === "sampling" ? [] : [random.uniform([batch, 28, 28, 1], -1, 1)];
}

function adam(workload) {
  const { learningRate, beta1 } = workloads[workload];
  return tf.train.adam(learningRate, beta1, BETA2, EPSILON);
}

function gameOf(workload) {
  const game = {
    ...networks(workload),
    objective: workload === "critic" ? gan.wasserstein : gan.nonSaturating,
    regularizers: workload === "critic" ? [gan.gradientPenalty({ weight: PENALTY })] : [],
    generatorOptimizer: adam(workload),
    discriminatorOptimizer: adam(workload),
    random: stepRandom(),
  };
  return workload === "ring" ? gan.packed(game, PACK_SIZE) : game;
}

/** A workload's step: the losses that it measures are compared between the sides after the first. */
const steps = {
  mlp: gan.alternating,
  dcgan: gan.alternating,
  ring: gan.simultaneous,
  critic: gan.discriminatorAlone,
};

/** The losses of a step, as one tensor. */
function losses({ discriminatorLoss, generatorLoss }) {
  return tf.stack(
    generatorLoss === undefined ? [discriminatorLoss] : [discriminatorLoss, generatorLoss],
  );
}

/** Mean and mean square of 10,000 images, all of which are read. */
function sampler(compiled) {
  const { generator } = networks("sampling");
  const random = stepRandom();
  const { batch } = workloads.sampling;
  const latentDim = latentDimOf("sampling");
  const draw = () => generator.apply(random.normal([batch, latentDim]));
  const generate = compiled ? gan.compile(draw) : draw;
  return () => {
    let [sum, squares] = [0, 0];
    for (let made = 0; made < SAMPLES; made += batch) {
      const images = tf.tidy(generate);
      const values = images.dataSync();
      if (made === 0) [sum, squares] = moments(values);
      images.dispose();
    }
    return [sum, squares];
  };
}

/** @returns {[number, number]} the mean, and the mean square */
export function moments(values) {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return [sum / values.length, squares / values.length];
}

function* forever(images) {
  for (;;) yield { images };
}

/** The loop of the lessons: a compiled step between its checks of what goes in and what comes out. */
function trained(step, images) {
  const loop = gan.trainSteps(step, forever(images), { steps: Number.MAX_SAFE_INTEGER });
  return () => {
    const { value } = loop.next();
    if (value === undefined) throw new Error("The training ended.");
    const { discriminatorLoss, generatorLoss } = value;
    return generatorLoss === undefined ? [discriminatorLoss] : [discriminatorLoss, generatorLoss];
  };
}

/**
 * @param {string} workload
 * @param {string} how A contender: gan-trained or before (by `trainSteps`), gan-compiled or gan-eager. What is no training is
 *   compiled, unless it is eager.
 * @returns {() => number[]} takes one step and returns its figures
 */
export function prepare(workload, how) {
  const compiled = how !== "gan-eager";
  if (workload === "sampling") return sampler(compiled);
  const real = realData(workload);
  if (workload === "frechet") {
    const [a, b] = /** @type {import("@tensorflow/tfjs").Tensor2D[]} */ (real);
    return () => [gan.frechetDistance(a, b)];
  }
  const taken = steps[workload](gameOf(workload));
  if (how === "gan-trained" || how === "before") return trained(taken, real[0]);
  const plain = (images) => losses(taken.take([{ images }]));
  const step = compiled ? gan.compile(plain) : plain;
  return () => {
    const figures = tf.tidy(() => step(real[0]));
    const values = [...figures.dataSync()];
    figures.dispose();
    return values;
  };
}
