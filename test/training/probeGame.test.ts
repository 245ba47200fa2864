import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  nonSaturating,
  pacganDiscriminator,
  pacganGenerator,
  probeGame,
  ready,
  tf,
  trainSteps,
} from "gan-lib";
import { alternating, packed, weightClipping, wasserstein, type Game } from "gan-lib";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

/** Plain gradient steps, and batch normalisation, whose running moments a step changes. */
function game(packSize = 1, rate = 0.5): Game {
  const random = createRandom(1);
  const players: Game = {
    generator: pacganGenerator({ units: [5], random: random.split("generator") }),
    discriminator: pacganDiscriminator({
      packSize,
      units: [4],
      random: random.split("discriminator"),
    }),
    objective: nonSaturating,
    generatorOptimizer: tf.train.sgd(rate),
    discriminatorOptimizer: tf.train.sgd(rate),
    random: random.split("latent"),
  };
  return packed(players, packSize);
}

const points = (): tf.Tensor => createRandom(5).normal([6, 2]);
const trainable = (model: tf.LayersModel): number[] =>
  model.trainableWeights.flatMap((weight) => [...weight.read().dataSync()]);
const close = (actual: number, expected: number): void =>
  assert.ok(
    Math.abs(actual - expected) < 1e-4 * Math.abs(expected),
    `${actual} is not ${expected}`,
  );

test("the lengths of the gradients are how far a plain step moves each player, and the losses are the step's", () => {
  const { gradientNorms, losses } = probeGame(game(2), points(), {
    random: createRandom(1).split("latent"),
  });
  for (const player of ["generator", "discriminator"] as const) {
    const other = player === "generator" ? "discriminatorOptimizer" : "generatorOptimizer";
    const played = { ...game(2), [other]: tf.train.sgd(0) }; // so that both gradients are of the same weights
    const before = trainable(played[player]);
    const measured = alternating(played).take([{ images: points() }]);
    const moved = trainable(played[player]).map((weight, i) => weight - before[i]!);
    close(gradientNorms[player], Math.hypot(...moved) / 0.5);
    close(losses[player], measured[`${player}Loss`].dataSync()[0]!);
  }
});

test("the accuracy is the share of logits on the right side of 0", () => {
  const blind = game();
  const answer = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        inputShape: [2],
        kernelInitializer: "zeros",
        biasInitializer: tf.initializers.constant({ value: 3 }),
      }),
    ],
  });
  const { accuracy } = probeGame({ ...blind, discriminator: answer }, points(), {
    random: createRandom(2),
  });
  assert.deepEqual(accuracy, { real: 1, fake: 0 });
  const sharp = {
    ...blind,
    discriminator: tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones" })],
    }),
  };
  const sums = tf.sum(points(), 1).dataSync();
  close(
    probeGame(sharp, points(), { random: createRandom(2) }).accuracy.real,
    sums.filter((sum) => sum > 0).length / 6,
  );
});

test("a training that is looked at is the same to the bit, also where its steps are compiled", () => {
  const [watched, alone] = [tinyGame(), tinyGame()];
  const expected = [...trainSteps(alone, tinyBatches(), { steps: 12 })];
  const real = createRandom(4).uniform([4, 2, 2, 1], -1, 1);
  const seen = [];
  for (const step of trainSteps(watched, tinyBatches(), { steps: 12 })) {
    seen.push(step);
    probeGame(watched, real, { random: createRandom(9) });
  }
  assert.deepEqual(seen, expected);
  for (const player of ["generator", "discriminator"] as const)
    assert.deepEqual(weightsOf(watched[player]), weightsOf(alone[player]));
});

test("it leaves weights, running moments, constraints, the game's stream and memory as they were", () => {
  const probed = {
    ...game(),
    objective: wasserstein,
    constraints: [weightClipping({ limit: 1e-6 })],
  };
  const everything = (): unknown => [
    weightsOf(probed.generator),
    weightsOf(probed.discriminator),
    probed.random.state(),
  ];
  const real = points();
  const before = everything();
  const first = probeGame(probed, real, { random: createRandom(3) });
  const tensors = tf.memory().numTensors;
  assert.deepEqual(everything(), before);
  assert.deepEqual(probeGame(probed, real, { random: createRandom(3) }), first);
  assert.equal(tf.memory().numTensors, tensors);
});
