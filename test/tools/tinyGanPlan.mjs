/**
 * A plan for the tests: a GAN on 2 x 2 images that saves a checkpoint every ten steps, in a fraction of a second.
 * STOP_AT=<seed>:<step> makes a cell wait at a step for ever, FAIL_AT=<seed> makes one fail, and LEAVE_AT=<seed> makes
 * one end well without a result.
 */
import { setTimeout as wait } from "node:timers/promises";
import {
  BatchIterator,
  createRandom,
  definePlan,
  mlpDiscriminator,
  mlpGenerator,
  nonSaturating,
  resumeCheckpoint,
  saveCheckpoint,
  tf,
  trainSteps,
} from "gan-lib";

/** @type {[number, number, number]} */
const imageShape = [2, 2, 1];
const SAVE_EVERY = 10;

/** Sixteen images, half of them dark. @returns {import("gan-lib").ImageDataset} */
function images(random) {
  const pixels = Uint8Array.from(
    { length: 64 },
    (_, index) => 100 * (index % 2) + random.integer(20),
  );
  return {
    name: "squares",
    description: "sixteen squares, half of them dark",
    split: "train",
    source: "package",
    size: 16,
    imageShape,
    images: pixels,
    labels: new Uint8Array(16),
    classNames: ["square"],
  };
}

export const plan = definePlan({
  name: "tiny-gan",
  description: "A GAN on tiny images, by the width of its networks.",
  version: 1,
  settings: { width: [3, 4] },
  seeds: 2,
  steps: 40,
  figures: { checksum: {}, loss: { unit: "nats" } },
  published: [
    {
      source: "a paper, table 1",
      settings: { width: 3 },
      figures: { loss: { mean: 0.7, standardError: 0.1 } },
    },
  ],
  prepare: async () => console.log(`prepared by process ${process.pid}`),
  async run({ settings, seed, steps, folder, onProgress }) {
    if (process.env.FAIL_AT === String(seed)) throw new Error(`seed ${seed} has no luck`);
    if (process.env.LEAVE_AT === String(seed)) process.exit(0);
    const random = createRandom(seed);
    const game = {
      generator: mlpGenerator({
        latentDim: 3,
        units: [settings.width],
        imageShape,
        random: random.split("generator"),
      }),
      discriminator: mlpDiscriminator({
        units: [settings.width],
        imageShape,
        random: random.split("discriminator"),
      }),
      objective: nonSaturating,
      generatorOptimizer: tf.train.adam(1e-2, 0.5),
      discriminatorOptimizer: tf.train.adam(1e-2, 0.5),
      random: random.split("latent"),
    };
    const examples = new BatchIterator(images(random.split("images")), {
      batchSize: 4,
      random: random.split("batches"),
    });
    const run = {
      models: { generator: game.generator, discriminator: game.discriminator },
      optimizers: {
        generator: game.generatorOptimizer,
        discriminator: game.discriminatorOptimizer,
      },
      streams: { latent: game.random, examples },
    };
    const startAt = await resumeCheckpoint(folder, run);
    console.log(`process ${process.pid} begins after step ${startAt}`);
    let loss = NaN;
    for (const { step, generatorLoss } of trainSteps(game, examples, {
      steps: steps - startAt,
      startAt,
    })) {
      if (step % SAVE_EVERY === 0 && step < steps) await saveCheckpoint(folder, run, { step });
      if (process.env.STOP_AT === `${seed}:${step}`) await wait(2 ** 31 - 1);
      await onProgress(step);
      loss = generatorLoss;
    }
    const weights = [game.generator, game.discriminator].flatMap((model) =>
      model.getWeights().flatMap((weight) => [...weight.dataSync()]),
    );
    return {
      checksum: weights.reduce((sum, weight, index) => sum + weight * (index + 1), 0),
      loss,
    };
  },
});
