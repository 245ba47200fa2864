/** PacGAN's experiments on mixtures of Gaussians in the plane, as published (Lin et al., arXiv 1712.04086, section 4.1). */
import * as tf from "../backend/tf";
import { checkpointOf } from "../checkpoint/kept";
import {
  gaussianGrid,
  gaussianRing,
  sampleMixture,
  type GaussianMixture,
} from "../data/gaussianMixture";
import { pacganDiscriminator, pacganGenerator } from "../networks/pacgan";
import { nonSaturating } from "../objectives/nonSaturating";
import { createRandom, type RandomStream } from "../ops/random";
import type { Batch, Game } from "../training/game";
import { packed } from "../training/packed";
import { simultaneous } from "../training/steps";
import { measureMixture, mixtureFigures, type MixtureFigure } from "./mixtureFigures";
import { definePlan, type Plan, type PlanCell, type PublishedRow } from "../experiments/plan";
import { trainCell } from "../experiments/resume";

/** Points that the run draws its batches from. */
const POINTS = 100_000;
/** Packs a step; each of m points. */
const PACKS = 100;
/** 400 epochs of 1,000 batches. */
const STEPS = 400_000;

const SETTINGS = { packing: [1, 2, 3, 4] } as const;
type Settings = { readonly packing: (typeof SETTINGS.packing)[number] };
type Value = readonly [mean: number, standardError: number];

/** A row of PacGAN's table 1; packing 1 is its GAN. */
function published(
  packing: Settings["packing"],
  modes: Value,
  highQuality: Value,
  reverseKl: Value,
): PublishedRow<Settings, MixtureFigure> {
  const figure = ([mean, standardError]: Value): { mean: number; standardError: number } => ({
    mean,
    standardError,
  });
  const figures = {
    modes: figure(modes),
    highQuality: figure(highQuality),
    reverseKl: figure(reverseKl),
  };
  return { source: "arXiv 1712.04086, table 1", settings: { packing }, figures };
}

/** The players; exported for their test. */
export function pacganGame(packSize: number, random: RandomStream): Game {
  const players = {
    generator: pacganGenerator({ random: random.split("generator") }),
    discriminator: pacganDiscriminator({ packSize, random: random.split("discriminator") }),
    objective: nonSaturating,
    generatorOptimizer: tf.train.adam(1e-4, 0.8, 0.999),
    discriminatorOptimizer: tf.train.adam(1e-4, 0.8, 0.999),
    random: random.split("latent"),
  };
  return packed(players, packSize);
}

/**
 * The real points of any step, [packs m, 2], which the caller disposes: the set in an order of its own each epoch. It depends on
 * the step alone, so that a run that goes on needs no record of it.
 */
export function pointsOfStep(
  points: tf.Tensor2D,
  batchSize: number,
  random: RandomStream,
): (step: number) => tf.Tensor2D {
  const stepsAnEpoch = Math.floor(points.shape[0] / batchSize);
  const values = points.dataSync();
  let epoch = -1;
  let order = new Uint32Array();
  return (step) => {
    const at = Math.floor((step - 1) / stepsAnEpoch);
    if (at !== epoch)
      [epoch, order] = [
        at,
        random.split(`epoch ${at}`).shuffledIndices(points.shape[0]) as Uint32Array<ArrayBuffer>,
      ];
    const first = ((step - 1) % stepsAnEpoch) * batchSize;
    const batch = Float32Array.from(
      { length: 2 * batchSize },
      (_, i) => values[2 * (order[first + (i >> 1)] as number) + (i & 1)] as number,
    );
    return tf.tensor2d(batch, [batchSize, 2]);
  };
}

/** Batches of the steps from a number on. */
function* batchesFrom(points: (step: number) => tf.Tensor2D, from: number): Generator<Batch> {
  for (let step = from; ; step++) yield { images: points(step) };
}

/** Trains a cell from where it was, and returns its generator's figures. */
async function run(
  mixture: GaussianMixture,
  { settings, ...cell }: PlanCell<Settings>,
): Promise<Record<MixtureFigure, number>> {
  const random = createRandom(cell.seed);
  const game = pacganGame(settings.packing, random);
  const points = pointsOfStep(
    sampleMixture(mixture, POINTS, random.split("points")),
    PACKS * settings.packing,
    random.split("batches"),
  );
  await trainCell(cell, simultaneous(game), {
    batches: (from) => batchesFrom(points, from),
    saved: checkpointOf(game),
  });
  return measureMixture(game.generator, mixture, random.split("judge"));
}

/** A plan on one mixture. */
function pacganPlan(
  name: string,
  mixture: GaussianMixture,
  rows: readonly PublishedRow<Settings, MixtureFigure>[],
): Plan {
  return definePlan({
    name,
    description: `GAN (packing 1) and PacGAN on a ${mixture.name}, by PacGAN's protocol; a full run is ${STEPS.toLocaleString("en")} steps.`,
    version: 1,
    settings: SETTINGS,
    seeds: 10,
    steps: STEPS,
    figures: mixtureFigures(mixture),
    published: rows,
    run: (cell) => run(mixture, cell),
  });
}

/**
 * Eight Gaussians on a ring: networks, initial weights, losses, optimizers, simultaneous updates and figures of the paper. The
 * generator is judged with its batch normalisation's moving averages.
 */
export const pacganRing = pacganPlan("pacgan-ring", gaussianRing(), [
  published(1, [6.3, 0.5], [98.2, 0.2], [0.45, 0.09]),
  published(2, [7.9, 0.1], [95.6, 2.0], [0.07, 0.03]),
  published(3, [7.8, 0.1], [97.7, 0.3], [0.1, 0.02]),
  published(4, [7.8, 0.1], [95.9, 1.4], [0.07, 0.02]),
]);

/** 25 Gaussians on a grid, otherwise as {@link pacganRing}. */
export const pacganGrid = pacganPlan("pacgan-grid", gaussianGrid(), [
  published(1, [17.3, 0.8], [94.8, 0.7], [0.7, 0.07]),
  published(2, [23.8, 0.7], [91.3, 0.8], [0.13, 0.04]),
  published(3, [24.6, 0.4], [94.2, 0.4], [0.06, 0.02]),
  published(4, [24.8, 0.2], [93.6, 0.6], [0.04, 0.01]),
]);
