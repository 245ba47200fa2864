/**
 * What is measured, once for all sides: sizes, optimizers and goals. The networks stand in node/games.mjs (gan-lib),
 * node/plain.mjs (plain tf.js), python/torch_side.py and python/tensorflow_side.py, layer by layer the same.
 */

/**
 * @typedef {object} Workload
 * @property {string} title
 * @property {string} unit what one step is
 * @property {number} batch samples of a step
 * @property {"adam" | undefined} [optimizer]
 * @property {number} [learningRate]
 * @property {number} [beta1] Adam's; beta2 is 0.999 and epsilon 1e-7 on all sides
 * @property {number} [latentDim]
 * @property {number} goal the largest ratio to PyTorch eager that is wanted
 * @property {string} tried what was done against the time it takes, and what was not
 * @property {boolean} beatsGraphs whether it should also be no slower than torch.compile and TensorFlow's graphs
 */

/** What was done so that a training step is fast, and what is left. */
const TRIED_ON_STEPS =
  "Tried and kept: variables that stay in the session, Adam as one kernel, a whole step as one call; they pay for small networks, " +
  "hardly for convolutions. Not tried: real and fake in one batch through D, convolutions with the channels first.";

/** @type {Record<string, Workload>} */
export const workloads = {
  mlp: {
    title: "vanilla MLP step, batch 128",
    unit: "step",
    batch: 128,
    learningRate: 2e-4,
    beta1: 0.5,
    latentDim: 100,
    goal: 0.7,
    beatsGraphs: true,
    tried: TRIED_ON_STEPS,
  },
  ring: {
    title: "PacGAN2 ring step, batch 100",
    unit: "step",
    batch: 100,
    learningRate: 1e-4,
    beta1: 0.8,
    latentDim: 2,
    goal: 0.8,
    beatsGraphs: true,
    tried: TRIED_ON_STEPS,
  },
  dcgan: {
    title: "DCGAN 28x28 step, batch 64",
    unit: "step",
    batch: 64,
    learningRate: 2e-4,
    beta1: 0.5,
    latentDim: 100,
    goal: 0.8,
    beatsGraphs: true,
    tried: TRIED_ON_STEPS,
  },
  critic: {
    title: "WGAN-GP critic step, batch 64",
    unit: "step",
    batch: 64,
    learningRate: 1e-4,
    beta1: 0.5,
    latentDim: 100,
    goal: 0.9,
    beatsGraphs: true,
    tried: TRIED_ON_STEPS,
  },
  sampling: {
    title: "sampling 10,000 DCGAN images",
    unit: "run",
    batch: 500,
    latentDim: 100,
    goal: 1,
    beatsGraphs: false,
    tried: "Tried and kept: the generator's call as one graph. Not tried: other batches than 500.",
  },
  frechet: {
    title: "Fréchet distance of 10,000 features",
    unit: "run",
    batch: 10_000,
    goal: 1,
    beatsGraphs: false,
    tried:
      "Tried and kept: half of each symmetric covariance, typed arrays. Not tried: the products on the backend in float64.",
  },
};

/** Samples that PacGAN's discriminator judges at once, in the ring workload. */
export const PACK_SIZE = 2;
/** Images of one run of the sampling workload, made in batches. */
export const SAMPLES = 10_000;
/** Length of a feature vector of the Fréchet workload. */
export const FEATURES = 64;
/** The gradient penalty's weight. */
export const PENALTY = 10;
/** Where all initial weights, samples and first latent vectors come from. */
export const SEED = 1;
/** Of Adam, on all sides. */
export const BETA2 = 0.999;
/** Of Adam, on all sides. */
export const EPSILON = 1e-7;
/** The unrolled game whose gradients are compared: points in the plane, two layers a player, the discriminator's steps. */
export const UNROLLED = { batch: 64, hidden: 32, steps: 3, rate: 0.3 };
