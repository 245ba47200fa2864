import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, ready, tf, updateDiscriminator, updateGenerator } from "gan-lib";
import { tinyGame, weightsOf } from "./tinyGame";

before(ready);
const realBatch = () => createRandom(5).uniform([4, 2, 2, 1], -1, 1);

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
    .mean(tf.sigmoid(game.discriminator.predict(real) as tf.Tensor))
    .dataSync()[0] as number;
  const measured = updateDiscriminator(game, real).dataSync();
  assert.ok(Math.abs((measured[1] as number) - expected) < 1e-6);
});

test("an objective that compares with real logits gets them", () => {
  const game = tinyGame();
  let seen: number[] | undefined;
  const relativistic = {
    ...game.objective,
    generatorLoss: (fakeLogits: tf.Tensor, realLogits?: tf.Tensor): tf.Scalar => {
      seen = realLogits?.shape;
      return tf.mean(fakeLogits);
    },
  };
  updateGenerator({ ...game, objective: relativistic }, realBatch());
  assert.deepEqual(seen, [4, 1]);
});
