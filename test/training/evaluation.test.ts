import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  evaluateEvery,
  ready,
  sampleLatent,
  tf,
  trainSteps,
  type Game,
  type RandomStream,
} from "gan-lib";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

/** The mean brightness of 16 samples. */
function brightness({ generator }: Game, random: RandomStream): number {
  return tf.tidy(
    () =>
      (generator.predict(sampleLatent(generator, 16, random)) as tf.Tensor)
        .mean()
        .dataSync()[0] as number,
  );
}

test("a training is the same to the bit with and without evaluation, also where the steps are compiled", async () => {
  const [watched, alone] = [tinyGame(), tinyGame()];
  const evaluateNow = evaluateEvery({
    every: 3,
    random: watched.random,
    evaluate: (random) => brightness(watched, random),
  });
  const expected = [...trainSteps(alone, tinyBatches(), { steps: 20 })];
  const seen = [];
  const results = [];
  for (const step of trainSteps(watched, tinyBatches(), { steps: 20 })) {
    seen.push(step);
    const result = await evaluateNow(step.step);
    if (result !== undefined) results.push(step.step);
  }
  assert.deepEqual(results, [3, 6, 9, 12, 15, 18]);
  assert.deepEqual(seen, expected);
  for (const player of ["generator", "discriminator"] as const)
    assert.deepEqual(weightsOf(watched[player]), weightsOf(alone[player]));
  assert.deepEqual(watched.random.state(), alone.random.state());
});

test("each evaluation draws the same numbers, which are not the training's", async () => {
  const random = createRandom(7);
  const evaluateNow = evaluateEvery({
    every: 1,
    random,
    evaluate: (own, step) => ({ step, drawn: own.next() }),
  });
  const first = await evaluateNow(1);
  const training = random.next();
  const second = await evaluateNow(2);
  assert.deepEqual(second, { step: 2, drawn: first?.drawn });
  assert.notEqual(first?.drawn, training);
});

test("an evaluation that draws from the training's stream is an error", async () => {
  const random = createRandom(7);
  const evaluateNow = evaluateEvery({ every: 2, random, evaluate: async () => random.next() });
  assert.equal(await evaluateNow(1), undefined);
  await assert.rejects(evaluateNow(2), /drew from the training's random stream/);
});

test("`every` must be a whole number of at least 1", () => {
  for (const every of [0, 1.5, NaN])
    assert.throws(
      () => evaluateEvery({ every, random: createRandom(1), evaluate: () => 0 }),
      /every must be .* got/,
    );
});
