/** PacGAN's experiment on stacked MNIST, as published (Lin et al., arXiv 1712.04086, table 2). */
import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import { mnist } from "../data/mnist";
import { stackedDigitsDiscriminator, stackedDigitsGenerator } from "../networks/stackedDigits";
import { nonSaturating } from "../objectives/nonSaturating";
import type { RandomStream } from "../ops/random";
import type { Game } from "../training/game";
import { packed } from "../training/packed";
import { alternating } from "../training/steps";
import { digitClassifier } from "../models/digitClassifier";
import { definePlan } from "../experiments/plan";
import { stackedFigures, trainStacked, type StackedRun } from "./stackedProtocol";

const LATENT_DIM = 100;
const CHANNELS = 3;
/** Packs a step. */
const PACKS = 64;
/** 50 epochs of 128,000 images. */
const STEPS = 100_000;
/** Images that the figures are of. */
const SAMPLES = 26_000;

const adam = (): tf.Optimizer => tf.train.adam(2e-4, 0.5);

/** The players and their step; exported for their test. */
export function stackedRun(packSize: number, random: RandomStream): StackedRun {
  const players: Game = {
    generator: stackedDigitsGenerator({
      latentDim: LATENT_DIM,
      side: 2,
      widths: [512, 256, 128, 64],
      kernelSize: 5,
      random: random.split("generator"),
    }),
    discriminator: stackedDigitsDiscriminator({
      channels: CHANNELS * packSize,
      widths: [64, 128, 256, 512],
      kernelSize: 5,
      slope: 0.2,
      normalizeFirst: false,
      random: random.split("discriminator"),
    }),
    objective: nonSaturating,
    generatorOptimizer: adam(),
    discriminatorOptimizer: adam(),
    random: random.split("latent"),
    latent: pure(
      (stream: RandomStream, count: number) =>
        stream.uniform([count, LATENT_DIM], -1, 1) as tf.Tensor2D,
    ),
  };
  const game = packed(players, packSize);
  const step = alternating(game, { generatorSteps: 2 });
  return { game, step, batchSize: PACKS * packSize };
}

/** A row of PacGAN's table 2; packing 1 is its DCGAN. */
const published = (
  packing: 1 | 2 | 3 | 4,
  modes: { mean: number; standardError?: number },
  kl: { mean: number; standardError?: number },
) =>
  ({ source: "arXiv 1712.04086, table 2", settings: { packing }, figures: { modes, kl } }) as const;

/**
 * DCGAN (packing 1) and PacDCGAN on stacks of three digits: the paper's networks, losses, optimizers, two generator updates a
 * step. What differs: each stack is a fresh draw from the training digits, where the paper goes through 128,000 that it drew
 * from all digits; each generator update has latent vectors of its own; the m images of a pack share a batch normalisation
 * in the generator; initial weights are DCGAN's, N(0, 0.02²), and the judge is the project's own classifier of digits.
 */
export const stackedMnist = definePlan({
  name: "stacked-mnist",
  description: `DCGAN (packing 1) and PacDCGAN on stacked MNIST, by PacGAN's protocol; a full run is ${STEPS.toLocaleString("en")} steps.`,
  version: 1,
  settings: { packing: [1, 2, 3, 4] },
  seeds: 10,
  steps: STEPS,
  figures: { modes: { unit: "of 1000" }, kl: { unit: "nats" } },
  datasets: ["mnist"],
  published: [
    published(1, { mean: 78.9, standardError: 6.46 }, { mean: 4.5, standardError: 0.127 }),
    published(2, { mean: 1000 }, { mean: 0.06 }),
    published(3, { mean: 1000 }, { mean: 0.06 }),
    published(4, { mean: 1000 }, { mean: 0.07 }),
  ],
  prepare: () => digitClassifier("mnist"),
  async run({ settings, ...cell }) {
    const run = await trainStacked(cell, await mnist(), (random) =>
      stackedRun(settings.packing, random),
    );
    return stackedFigures(run, SAMPLES, await digitClassifier("mnist"));
  },
});
