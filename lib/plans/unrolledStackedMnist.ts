/** The experiment of the unrolled GAN on stacked MNIST, where the discriminator is too small for its generator. */
import * as tf from "../backend/tf";
import { mnist } from "../data/mnist";
import { stackedDigitsDiscriminator, stackedDigitsGenerator } from "../networks/stackedDigits";
import { minimax } from "../objectives/minimax";
import { nonSaturating } from "../objectives/nonSaturating";
import { zeroSum } from "../objectives/zeroSum";
import type { RandomStream } from "../ops/random";
import type { Game } from "../training/game";
import { packed } from "../training/packed";
import { alternating, unrolled } from "../training/steps";
import { digitClassifier } from "../models/digitClassifier";
import { definePlan, type PublishedRow } from "../experiments/plan";
import { stackedFigures, trainStacked, type StackedRun } from "./stackedProtocol";

const LATENT_DIM = 256;
const CHANNELS = 3;
/** Packs a step. */
const PACKS = 128;
const STEPS = 500_000;
/** Images that the figures are of. */
const SAMPLES = 25_600;
/** The learning rate of the unrolled steps. */
const UNROLLED_RATE = 0.1;

const SETTINGS = {
  discriminator: ["G/4", "G/2"],
  unrolled: [0, 1, 5, 10],
  packing: [1, 2, 3, 4],
} as const;
type Settings = { readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name][number] };

const WIDTHS: Readonly<Record<Settings["discriminator"], readonly number[]>> = {
  "G/4": [2, 4, 8],
  "G/2": [4, 8, 16],
};

/** The players and their step; exported for their test. */
export function unrolledRun(
  { discriminator, unrolled: lookAhead, packing }: Settings,
  random: RandomStream,
): StackedRun {
  const players: Game = {
    generator: stackedDigitsGenerator({
      latentDim: LATENT_DIM,
      side: 4,
      widths: [64, 32, 16, 8],
      kernelSize: 3,
      random: random.split("generator"),
    }),
    discriminator: stackedDigitsDiscriminator({
      channels: CHANNELS * packing,
      widths: WIDTHS[discriminator],
      kernelSize: 3,
      slope: 0.3,
      normalizeFirst: true,
      random: random.split("discriminator"),
    }),
    objective: lookAhead > 0 ? zeroSum(minimax) : nonSaturating,
    generatorOptimizer: tf.train.adam(1e-4, 0.5, 0.99),
    discriminatorOptimizer: tf.train.adam(2e-4, 0.5, 0.99),
    random: random.split("latent"),
  };
  const game = packed(players, packing);
  const ahead = { steps: lookAhead, rate: UNROLLED_RATE };
  const step = lookAhead > 0 ? unrolled(game, ahead) : alternating(game);
  return { game, step, batchSize: PACKS * packing };
}

const ROWS: readonly Settings[] = SETTINGS.discriminator.flatMap((discriminator) => [
  ...SETTINGS.unrolled.map((unrolled) => ({ discriminator, unrolled, packing: 1 }) as const),
  ...SETTINGS.packing.slice(1).map((packing) => ({ discriminator, unrolled: 0, packing }) as const),
]);

interface Value {
  readonly mean: number;
  readonly standardError?: number;
}

const CITED = "Metz et al. (arXiv 1611.02163), as cited in PacGAN's table 3";
const OWN = "PacGAN (arXiv 1712.04086), table 3";

type Published = PublishedRow<Settings, "modes" | "kl">;

const publishedRow = (
  [discriminator, unrolled, packing]: readonly [
    Settings["discriminator"],
    Settings["unrolled"],
    Settings["packing"],
  ],
  source: string,
  modes: Value,
  kl?: number,
): Published => ({
  source,
  settings: { discriminator, unrolled, packing },
  figures: { modes, ...(kl === undefined ? {} : { kl: { mean: kl } }) },
});

/** Table 3: the cited rows are of another implementation than PacGAN's own ones; errors where they are known to us. */
const PUBLISHED: readonly Published[] = [
  publishedRow(["G/4", 0, 1], CITED, { mean: 30.6, standardError: 20.7 }, 5.99),
  publishedRow(["G/4", 1, 1], CITED, { mean: 65.4 }),
  publishedRow(["G/4", 5, 1], CITED, { mean: 236.4 }),
  publishedRow(["G/4", 10, 1], CITED, { mean: 327.2 }),
  publishedRow(["G/4", 0, 1], OWN, { mean: 78.5, standardError: 17.56 }, 5.21),
  publishedRow(["G/4", 0, 2], OWN, { mean: 484.5 }),
  publishedRow(["G/4", 0, 3], OWN, { mean: 601.3 }),
  publishedRow(["G/4", 0, 4], OWN, { mean: 667.4 }),
  publishedRow(["G/2", 0, 1], CITED, { mean: 628, standardError: 141 }, 2.58),
  publishedRow(["G/2", 1, 1], CITED, { mean: 523.6 }),
  publishedRow(["G/2", 5, 1], CITED, { mean: 732.0 }),
  publishedRow(["G/2", 10, 1], CITED, { mean: 817.4 }),
  publishedRow(["G/2", 0, 1], OWN, { mean: 487.7, standardError: 34.59 }, 2.24),
  publishedRow(["G/2", 0, 2], OWN, { mean: 840.7 }),
  publishedRow(["G/2", 0, 3], OWN, { mean: 866.6 }),
  publishedRow(["G/2", 0, 4], OWN, { mean: 820.2 }),
];

/**
 * DCGAN, unrolled GAN (Metz et al., arXiv 1611.02163, section 3.3.1) and PacDCGAN on stacks of three digits, with a discriminator
 * of a quarter or half the generator's size. Networks, optimizers, batch and length are those of PacGAN's code for this
 * experiment. What differs: an unrolled generator takes plain gradient steps of rate 0.1 through the discriminator, where
 * the paper unrolls Adam, and its loss is the value of the game, the others' the non-saturating one; initial weights are N(0, 0.02²); the judge
 * is the project's own classifier of digits.
 */
export const unrolledStackedMnist = definePlan({
  name: "unrolled",
  description: `DCGAN, unrolled GAN and PacDCGAN on stacked MNIST with a small discriminator; a full run is ${STEPS.toLocaleString("en")} steps.`,
  version: 2,
  settings: SETTINGS,
  rows: ROWS,
  seeds: 5,
  steps: STEPS,
  figures: { modes: { unit: "of 1000" }, kl: { unit: "nats" } },
  datasets: ["mnist"],
  published: PUBLISHED,
  prepare: () => digitClassifier("mnist"),
  async run({ settings, ...cell }) {
    const run = await trainStacked(cell, await mnist(), (random) => unrolledRun(settings, random));
    return stackedFigures(run, SAMPLES, await digitClassifier("mnist"));
  },
});
