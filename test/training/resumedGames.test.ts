/**
 * N steps and N more in another loop, beside 2 N in one, for each kind of game of the course. A loop's first steps run as they
 * are; the graph of those that follow rounds as they do, bit for bit, except where TensorFlow rewrites an expression.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  alternating,
  backendName,
  conditionalDiscriminator,
  conditionalGenerator,
  createRandom,
  cycleGan,
  dcganDiscriminator,
  dcganGenerator,
  discoGan,
  drawnBatches,
  gatedGan,
  gaussianRing,
  gradientPenalty,
  mixtureBatches,
  pacganDiscriminator,
  pacganGenerator,
  packed,
  pix2pix,
  r1,
  ready,
  ringRemedies,
  ringRemedy,
  simultaneous,
  tf,
  trainSteps,
  wasserstein,
  weightClipping,
  type Batch,
  type Game,
  type Measures,
  type Schedule,
  type Step,
} from "gan-lib";
import { tinyGame, weightsOf } from "./tinyGame";
import {
  cycleGame,
  discoGame,
  gatedGame,
  pairs,
  pix2pixGame,
  styled,
  unpaired,
} from "./tinyTranslators";

before(ready);

const N = 12;
/** Weights of these games are up to about 1. What TensorFlow rewrites is off by so much after 2 N steps at most. */
const TO_ROUNDING = 1e-4;

interface Play<B = unknown> {
  /** Its networks are all that a step changes. */
  readonly game: object;
  readonly step: Step<B> | Schedule<B, Measures>;
  readonly data: Iterator<B>;
}

/** A play whose batches are nobody's business but its own. */
const playing = <B>(play: Play<B>): Play => play;

function ofImages(size: number, channels = 1): Iterator<Batch> {
  const random = createRandom(3);
  return drawnBatches(random, () => ({
    images: random.uniform([4, size, size, channels], -1, 1),
    labels: tf.tensor1d([0, 1, 2, 3], "int32"),
  }));
}
const ofPoints = (): Iterator<Batch> =>
  mixtureBatches(gaussianRing(), { batchSize: 16, random: createRandom(3) });

function convolutional(normalization: "batch" | "none"): Game {
  const random = createRandom(1);
  return {
    ...tinyGame(),
    generator: dcganGenerator({ filters: 4, random: random.split("generator") }),
    discriminator: dcganDiscriminator({
      filters: 4,
      normalization,
      random: random.split("discriminator"),
    }),
  };
}

function conditional(): Game {
  const [forGenerator, forDiscriminator] = ["g", "d"].map((name) => createRandom(1).split(name));
  return {
    ...tinyGame(),
    generator: conditionalGenerator({ filters: 4, random: forGenerator! }),
    discriminator: conditionalDiscriminator({ filters: 4, random: forDiscriminator! }),
  };
}

function ofPacks(size: number): Game {
  const [forGenerator, forDiscriminator] = ["g", "d"].map((name) => createRandom(1).split(name));
  const game = {
    ...tinyGame(),
    generator: pacganGenerator({ units: [16], random: forGenerator! }),
    discriminator: pacganDiscriminator({
      units: [16],
      packSize: size,
      pieces: 2,
      random: forDiscriminator!,
    }),
  };
  return packed(game, size);
}

const critics = { discriminatorSteps: 5 };

function clipped(): Play {
  const game: Game = {
    ...tinyGame(),
    objective: wasserstein,
    constraints: [weightClipping({ limit: 0.05 })],
    generatorOptimizer: tf.train.rmsprop(1e-3),
    discriminatorOptimizer: tf.train.rmsprop(1e-3),
  };
  return playing({ game, step: alternating(game, critics), data: ofImages(2) });
}

function penalised(): Play {
  const game: Game = {
    ...convolutional("none"),
    objective: wasserstein,
    regularizers: [gradientPenalty()],
    generatorOptimizer: tf.train.adam(1e-3, 0, 0.9),
    discriminatorOptimizer: tf.train.adam(1e-3, 0, 0.9),
  };
  return playing({ game, step: alternating(game, critics), data: ofImages(28) });
}

function alternatingOn(game: Game, data: Iterator<Batch>, options = {}): Play {
  return playing({ game, step: alternating(game, options), data });
}

/** Plain descent, where Adam would magnify what rounding does to gradients near 0. */
const descent = () => ({
  generatorOptimizer: tf.train.sgd(0.05),
  discriminatorOptimizer: tf.train.sgd(0.05),
});

function translating<G extends object, B>(
  game: G,
  stepOf: (game: G) => Step<B>,
  data: Iterator<B>,
): Play {
  return playing({ game, step: stepOf(game), data });
}

/** How far the two ways may come apart: 0 is bit for bit. */
const games: readonly (readonly [name: string, tolerance: number, make: () => Play])[] = [
  ["vanilla GAN (11)", 0, () => alternatingOn(tinyGame(), ofImages(2))],
  [
    "R1, five updates of D (12)",
    TO_ROUNDING,
    () => alternatingOn({ ...tinyGame(), regularizers: [r1({ weight: 1 })] }, ofImages(2), critics),
  ],
  ["DCGAN (20)", 0, () => alternatingOn(convolutional("batch"), ofImages(28))],
  ["conditional GAN (21)", 0, () => alternatingOn(conditional(), ofImages(28))],
  ["WGAN with RMSProp and clipping (30)", TO_ROUNDING, clipped],
  ["WGAN-GP with five updates of the critic (31)", TO_ROUNDING, penalised],
  ...[1, 2].map((size) => {
    const make = (): Play => {
      const game = ofPacks(size);
      return playing({ game, step: simultaneous(game), data: ofPoints() });
    };
    return [`packs of ${size}, both at once (40)`, 0, make] as const;
  }),
  ...ringRemedies.map((remedy) => {
    const make = (): Play => {
      const { game, steps: step } = ringRemedy(remedy, { random: createRandom(1) });
      return playing({ game, step, data: ofPoints() });
    };
    return [`${remedy} on the ring (41)`, TO_ROUNDING, make] as const;
  }),
  ["pix2pix with dropout (50)", TO_ROUNDING, () => translating(pix2pixGame(), pix2pix, pairs())],
  [
    "CycleGAN with pools (51)",
    TO_ROUNDING,
    () => translating({ ...cycleGame(), ...descent() }, cycleGan, unpaired()),
  ],
  ["DiscoGAN (52)", TO_ROUNDING, () => translating(discoGame(), discoGan, unpaired())],
  [
    "Gated-GAN with a pool (55)",
    TO_ROUNDING,
    () => translating({ ...gatedGame(), ...descent() }, gatedGan, styled()),
  ],
];

/** All weights after loops of so many steps each. */
function weightsAfter({ game, step, data }: Play, loops: readonly number[]): number[] {
  let startAt = 0;
  for (const steps of loops) {
    assert.equal([...trainSteps(step, data, { steps, startAt })].length, steps);
    startAt += steps;
  }
  return Object.values(game)
    .filter((field) => field instanceof tf.LayersModel)
    .flatMap(weightsOf);
}

for (const [name, tolerance, make] of games)
  test(
    `${name}: ${N} steps and ${N} more are ${2 * N}, ${tolerance === 0 ? "bit for bit" : `to ${tolerance}`}`,
    { skip: backendName !== "tensorflow" && "only the native backend has graphs" },
    (t) => {
      const [parts, whole] = [weightsAfter(make(), [N, N]), weightsAfter(make(), [2 * N])];
      const off = whole.reduce(
        (most, weight, i) => Math.max(most, Math.abs(weight - parts[i]!)),
        0,
      );
      t.diagnostic(`off by ${off}`);
      assert.ok(off <= tolerance, `off by ${off}`);
      const fewer = weightsAfter(make(), [2 * N - 1]);
      assert.notDeepEqual(fewer, whole);
    },
  );
