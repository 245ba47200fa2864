/** DCGAN with one of its guidelines (Radford et al., arXiv 1511.06434, section 3) switched off: what an ablation trains. */
import * as tf from "../backend/tf";
import { activation } from "../layers/Activation";
import { batchNormalization } from "../layers/BatchNormalization";
import { leakyReLU } from "../layers/LeakyReLU";
import { nonSaturating } from "../objectives/nonSaturating";
import type { RandomStream } from "../ops/random";
import type { Game } from "../training/game";

/** Everything that the variants differ in. */
interface Design {
  /** Strides in the convolutions; otherwise max pooling in D, a nearest-neighbour resize in G, and convolutions of stride 1. */
  readonly strides: boolean;
  readonly batchNorm: boolean;
  /** ReLU in G and LeakyReLU in D; otherwise tanh in both. */
  readonly rectifiers: boolean;
  /** A fully connected hidden layer of 256 units after z in G, and before the logit in D. */
  readonly denseLayers: boolean;
  /** Weights from N(0, 0.02); otherwise Glorot's uniform ones, the default of tf.js and Keras. */
  readonly smallWeights: boolean;
  readonly learningRate: number;
  readonly beta1: number;
}

const DCGAN: Design = {
  strides: true,
  batchNorm: true,
  rectifiers: true,
  denseLayers: false,
  smallWeights: true,
  learningRate: 2e-4,
  beta1: 0.5,
};

const DESIGNS = {
  DCGAN,
  "pooling and resizing": { ...DCGAN, strides: false },
  "no batch-norm": { ...DCGAN, batchNorm: false },
  "tanh inside": { ...DCGAN, rectifiers: false },
  "dense hidden layers": { ...DCGAN, denseLayers: true },
  "Glorot weights": { ...DCGAN, smallWeights: false },
  "learning rate 0.001": { ...DCGAN, learningRate: 1e-3 },
  "beta1 0.9": { ...DCGAN, beta1: 0.9 },
} as const satisfies Readonly<Record<string, Design>>;

/** DCGAN, and what stands in the place of the guideline that is switched off. */
export type DcganVariant = keyof typeof DESIGNS;

/** Every variant; DCGAN itself is the first. */
export const dcganVariants = Object.keys(DESIGNS) as readonly DcganVariant[];

/** What {@link dcganVariant} takes. */
export interface DcganVariantOptions {
  /** Channels of the layer next to the image; the other has twice as many. Default 16, to be cheap. */
  readonly filters?: number;
  /** Where weights and latent vectors come from. Equal streams give variants the same latent vectors. */
  readonly random: RandomStream;
}

const KERNEL_SIZE = 5;
const DENSE_UNITS = 256;

function weights(
  { smallWeights }: Design,
  random: RandomStream,
): { kernelInitializer: ReturnType<typeof tf.initializers.randomNormal> } {
  const seed = random.seed();
  return {
    kernelInitializer: smallWeights
      ? tf.initializers.randomNormal({ mean: 0, stddev: 0.02, seed })
      : tf.initializers.glorotUniform({ seed }),
  };
}

/** Adds layers that end in a hidden activation, with batch normalisation before it where the design has it. */
function addHidden(
  model: tf.Sequential,
  { batchNorm, rectifiers }: Design,
  rectifier: tf.layers.Layer,
  normalized = batchNorm,
): void {
  if (normalized) model.add(batchNormalization());
  model.add(rectifiers ? rectifier : activation("tanh"));
}

function addUpsampling(
  model: tf.Sequential,
  design: Design,
  filters: number,
  useBias: boolean,
  random: RandomStream,
): void {
  const options = {
    filters,
    kernelSize: KERNEL_SIZE,
    padding: "same",
    useBias,
    ...weights(design, random),
  } as const;
  if (design.strides) model.add(tf.layers.conv2dTranspose({ ...options, strides: 2 }));
  else {
    model.add(tf.layers.upSampling2d({ size: [2, 2], interpolation: "nearest" }));
    model.add(tf.layers.conv2d(options));
  }
}

function generatorOf(design: Design, filters: number, random: RandomStream): tf.Sequential {
  const useBias = !design.batchNorm;
  const model = tf.sequential({ name: "generator" });
  model.add(tf.layers.inputLayer({ inputShape: [100] }));
  for (const units of design.denseLayers ? [DENSE_UNITS] : []) {
    model.add(tf.layers.dense({ units, useBias, ...weights(design, random) }));
    addHidden(model, design, tf.layers.reLU());
  }
  model.add(tf.layers.dense({ units: 7 * 7 * 2 * filters, useBias, ...weights(design, random) }));
  model.add(tf.layers.reshape({ targetShape: [7, 7, 2 * filters] }));
  addHidden(model, design, tf.layers.reLU());
  addUpsampling(model, design, filters, useBias, random); // [N, 14, 14, filters]
  addHidden(model, design, tf.layers.reLU());
  addUpsampling(model, design, 1, true, random); // [N, 28, 28, 1]
  model.add(activation("tanh"));
  return model;
}

function discriminatorOf(design: Design, filters: number, random: RandomStream): tf.Sequential {
  const model = tf.sequential({ name: "discriminator" });
  model.add(tf.layers.inputLayer({ inputShape: [28, 28, 1] }));
  for (const level of [0, 1]) {
    const normalized = design.batchNorm && level > 0; // never next to the image
    const options = {
      filters: filters * 2 ** level,
      kernelSize: KERNEL_SIZE,
      padding: "same",
      useBias: !normalized,
      ...weights(design, random),
    } as const;
    model.add(tf.layers.conv2d({ ...options, strides: design.strides ? 2 : 1 }));
    if (!design.strides) model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }));
    addHidden(model, design, leakyReLU(), normalized);
  }
  model.add(tf.layers.flatten());
  for (const units of design.denseLayers ? [DENSE_UNITS] : []) {
    model.add(tf.layers.dense({ units, useBias: !design.batchNorm, ...weights(design, random) }));
    addHidden(model, design, leakyReLU());
  }
  model.add(tf.layers.dense({ units: 1, ...weights(design, random) }));
  return model;
}

/**
 * DCGAN for 28 x 28 grey images as a game under the non-saturating loss, or a variant of it.
 *
 * @returns Untrained networks with optimizers of their own; the caller disposes them.
 */
export function dcganVariant(
  variant: DcganVariant,
  { filters = 16, random }: DcganVariantOptions,
): Game {
  const design: Design = DESIGNS[variant];
  const adam = (): tf.Optimizer => tf.train.adam(design.learningRate, design.beta1);
  return {
    generator: generatorOf(design, filters, random.split("generator")),
    discriminator: discriminatorOf(design, filters, random.split("discriminator")),
    generatorOptimizer: adam(),
    discriminatorOptimizer: adam(),
    objective: nonSaturating,
    random: random.split("latent"),
  };
}
