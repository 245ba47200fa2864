import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  compile,
  createRandom,
  gradientPenalty,
  nonSaturating,
  pack,
  pacganDiscriminator,
  pacganGenerator,
  ready,
  sampleLatent,
} from "gan-lib";
import { tf, updateSimultaneously, wasserstein, weightClipping, type Game } from "gan-lib";
import { weightsOf } from "./tinyGame";

before(ready);

const RATE = 0.1;

/** Plain gradient steps, so that the change of a weight is its gradient. */
function game(packSize = 1): Game {
  const random = createRandom(1);
  return {
    generator: pacganGenerator({ units: [5], random: random.split("generator") }),
    discriminator: pacganDiscriminator({
      packSize,
      units: [4],
      random: random.split("discriminator"),
    }),
    objective: nonSaturating,
    generatorOptimizer: tf.train.sgd(RATE),
    discriminatorOptimizer: tf.train.sgd(RATE),
    random: random.split("latent"),
  };
}

const points = (): tf.Tensor => createRandom(5).normal([6, 2]);

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]!) < 1e-6, `${i}: ${value} is not ${expected[i]}`),
  );
}

/** A model's trainable weights after one plain gradient step on a loss. */
function stepped(model: tf.LayersModel, loss: () => tf.Scalar): number[] {
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const { grads } = tf.variableGrads(loss, variables);
  return variables.flatMap((variable) => [
    ...tf.sub(variable, tf.mul(RATE, grads[variable.name]!)).dataSync(),
  ]);
}

const trainable = (model: tf.LayersModel): number[] =>
  model.trainableWeights.flatMap((weight) => [...weight.read().dataSync()]);

for (const packSize of [1, 2]) {
  test(`both players move by their gradients at the state before, on the same samples, in packs of ${packSize}`, () => {
    const { generator, discriminator, ...twin } = game(packSize);
    const real = pack(points(), packSize);
    const z = sampleLatent(generator, 6, twin.random);
    const train = (model: tf.LayersModel, x: tf.Tensor): tf.Tensor =>
      model.apply(x, { training: true }) as tf.Tensor;
    const fakeLogits = (): tf.Tensor => train(discriminator, pack(train(generator, z), packSize));
    const ofGenerator = stepped(generator, () => nonSaturating.generatorLoss(fakeLogits()));
    const ofDiscriminator = stepped(discriminator, () =>
      nonSaturating.discriminatorLoss(train(discriminator, real), fakeLogits()),
    );
    const losses = [
      nonSaturating.discriminatorLoss(train(discriminator, real), fakeLogits()),
      nonSaturating.generatorLoss(fakeLogits()),
    ];

    const played = game(packSize);
    const measured = [...updateSimultaneously(played, points(), { packSize }).dataSync()];
    assertClose(trainable(played.generator), ofGenerator);
    assertClose(trainable(played.discriminator), ofDiscriminator);
    assertClose(
      [measured[0]!, measured[3]!],
      losses.map((loss) => loss.dataSync()[0]!),
    );
    assertClose([measured[1]!], [tf.mean(tf.sigmoid(train(discriminator, real))).dataSync()[0]!]);
    assertClose([measured[2]!], [tf.mean(tf.sigmoid(fakeLogits())).dataSync()[0]!]);
  });
}

test("the generator runs once: its running moments are blended once a step", () => {
  const once = game();
  once.generator.apply(sampleLatent(once.generator, 6, once.random), { training: true });
  const played = game();
  updateSimultaneously(played, points());
  const moments = (model: tf.LayersModel): number[] =>
    model.nonTrainableWeights.flatMap((weight) => [...weight.read().dataSync()]);
  assertClose(moments(played.generator), moments(once.generator));
});

test("regularizers and constraints take part", () => {
  const clipped = {
    ...game(),
    objective: wasserstein,
    constraints: [weightClipping({ limit: 0.001 })],
  };
  updateSimultaneously(clipped, points());
  assert.ok(trainable(clipped.discriminator).every((weight) => Math.abs(weight) <= 0.001001));
  const [plain] = updateSimultaneously({ ...game(), objective: wasserstein }, points()).dataSync();
  const [penalized] = updateSimultaneously(
    { ...game(), objective: wasserstein, regularizers: [gradientPenalty()] },
    points(),
  ).dataSync();
  assert.ok(penalized! > plain! + 1, `${penalized} against ${plain}`);
});

test("an objective that compares with real logits gets those of the packs", () => {
  let seen: number[] | undefined;
  const relativistic = {
    ...nonSaturating,
    generatorLoss: (fakeLogits: tf.Tensor, realLogits?: tf.Tensor): tf.Scalar => {
      seen = realLogits?.shape;
      return tf.mean(fakeLogits);
    },
  };
  updateSimultaneously({ ...game(2), objective: relativistic }, points(), { packSize: 2 });
  assert.deepEqual(seen, [3, 1]);
});

test("compiled steps are those of the step as it is, and nothing leaks", () => {
  const [plain, compiled] = [game(2), game(2)];
  const step = compile((real: tf.Tensor) => updateSimultaneously(compiled, real, { packSize: 2 }));
  const real = points();
  for (let i = 0; i < 4; i++) {
    assertClose(
      [...step(real).dataSync()],
      [...updateSimultaneously(plain, real, { packSize: 2 }).dataSync()],
    );
  }
  assertClose(weightsOf(compiled.generator), weightsOf(plain.generator));
  const before = tf.memory().numTensors;
  updateSimultaneously(plain, real, { packSize: 2 }).dispose();
  step(real).dispose();
  assert.equal(tf.memory().numTensors, before);
  step.dispose();
});
