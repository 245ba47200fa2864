import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  nonSaturating,
  ready,
  tf,
  updateDiscriminator,
  updateGenerator,
  wasserstein,
  type Objective,
} from "gan-lib";
import { tinyGame, weightsOf } from "./tinyGame";

before(ready);
const realBatch = () => ({ images: createRandom(5).uniform([4, 2, 2, 1], -1, 1) });

test("the discriminator's update changes the discriminator and leaves the generator as it is", () => {
  const game = tinyGame();
  const [g, d] = [weightsOf(game.generator), weightsOf(game.discriminator)];
  updateDiscriminator(game, realBatch());
  assert.deepEqual(weightsOf(game.generator), g);
  assert.notDeepEqual(weightsOf(game.discriminator), d);
});

test("the generator's update changes the generator and leaves the discriminator as it is", () => {
  const game = tinyGame();
  const [g, d] = [weightsOf(game.generator), weightsOf(game.discriminator)];
  updateGenerator(game, realBatch());
  assert.notDeepEqual(weightsOf(game.generator), g);
  assert.deepEqual(weightsOf(game.discriminator), d);
});

test("the discriminator's first Adam step moves every weight by the learning rate, against its gradient", () => {
  const game = tinyGame();
  const before = weightsOf(game.discriminator);
  updateDiscriminator(game, realBatch());
  const moved = weightsOf(game.discriminator).map((weight, i) =>
    Math.abs(weight - (before[i] as number)),
  );
  // Adam's first step is the learning rate times the gradient's sign; a weight behind an inactive unit stays.
  assert.ok(
    moved.filter((distance) => Math.abs(distance - 1e-2) < 1e-4).length > moved.length / 2,
    String(moved),
  );
});

test("what the discriminator's update measures is its state before the update", () => {
  const game = tinyGame();
  const real = realBatch();
  const expected = tf
    .mean(tf.sigmoid(game.discriminator.predict(real.images) as tf.Tensor))
    .dataSync()[0] as number;
  const { realProbability } = updateDiscriminator(game, real);
  assert.ok(Math.abs(realProbability!.dataSync()[0]! - expected) < 1e-6);
});

test("an objective that says so gets the real logits, also through a wrapper; another does not", () => {
  const seen: (number[] | undefined)[] = [];
  const relativistic: Objective = {
    ...nonSaturating,
    usesRealLogits: true,
    generatorLoss: (...logits) => {
      seen.push(logits[1]?.shape);
      return tf.mean(logits[0]);
    },
  };
  for (const objective of [relativistic, { ...relativistic, usesRealLogits: undefined }])
    updateGenerator({ ...tinyGame(), objective }, realBatch());
  assert.deepEqual(seen, [[4, 1], undefined]);
});

test("a critic's scores are measured as such, and no probability", () => {
  const game = { ...tinyGame(), objective: wasserstein };
  const real = realBatch();
  const expected = tf.mean(game.discriminator.predict(real.images) as tf.Tensor).dataSync()[0]!;
  const { realScore, ...others } = updateDiscriminator(game, real);
  assert.ok(Math.abs(realScore!.dataSync()[0]! - expected) < 1e-6);
  assert.deepEqual(Object.keys(others), ["discriminatorLoss", "fakeScore"]);
});
