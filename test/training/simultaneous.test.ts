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
import {
  packed,
  simultaneous,
  tf,
  wasserstein,
  weightClipping,
  type Game,
  type Objective,
} from "gan-lib";
import { weightsOf } from "./tinyGame";

before(ready);

const RATE = 0.1;

/** Plain gradient steps, so that the change of a weight is its gradient. */
function game(packSize = 1): Game {
  const random = createRandom(1);
  const players: Game = {
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
  return packed(players, packSize);
}

/** What a step of both players at once measured. */
const update = (played: Game, images: tf.Tensor) => {
  const { discriminatorLoss, realProbability, fakeProbability, generatorLoss } = tf.tidy(() =>
    simultaneous(played).take([{ images }]),
  );
  const all = [discriminatorLoss, realProbability, fakeProbability, generatorLoss];
  return all
    .filter((scalar) => scalar !== undefined)
    .map((scalar) => {
      const [value] = scalar.dataSync();
      scalar.dispose();
      return value!;
    });
};

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
    const measured = update(played, points());
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
  update(played, points());
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
  tf.dispose(simultaneous(clipped).take([{ images: points() }]));
  assert.ok(trainable(clipped.discriminator).every((weight) => Math.abs(weight) <= 0.001001));
  const lossOf = (played: Game): number =>
    simultaneous(played)
      .take([{ images: points() }])
      .discriminatorLoss.dataSync()[0]!;
  const plain = lossOf({ ...game(), objective: wasserstein });
  const penalized = lossOf({
    ...game(),
    objective: wasserstein,
    regularizers: [gradientPenalty()],
  });
  assert.ok(penalized > plain + 1, `${penalized} against ${plain}`);
});

test("an objective that compares with real logits gets those of the packs", () => {
  let seen: number[] | undefined;
  const relativistic: Objective = {
    ...nonSaturating,
    usesRealLogits: true,
    generatorLoss: (fakeLogits, realLogits) => {
      seen = realLogits?.shape;
      return tf.mean(fakeLogits);
    },
  };
  update({ ...game(2), objective: relativistic }, points());
  assert.deepEqual(seen, [3, 1]);
});

test("compiled steps are those of the step as it is, and nothing leaks", () => {
  const [plain, compiled] = [game(2), game(2)];
  const step = compile(simultaneous(compiled).take.bind(undefined));
  const real = points();
  for (let i = 0; i < 4; i++) {
    const { generatorLoss, ...others } = step([{ images: real }]);
    const wanted = update(plain, real);
    assertClose([generatorLoss.dataSync()[0]!], [wanted[3]!]);
    tf.dispose([generatorLoss, others]);
  }
  assertClose(weightsOf(compiled.generator), weightsOf(plain.generator));
  const before = tf.memory().numTensors;
  update(plain, real);
  tf.dispose(step([{ images: real }]));
  assert.equal(tf.memory().numTensors, before);
  assert.equal(step.graphs(), 1);
  step.dispose();
});
