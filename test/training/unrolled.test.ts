/** The unrolled generator's gradient, against differences of an objective that takes the discriminator's steps on a twin of it. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import {
  createRandom,
  minimax,
  nonSaturating,
  ready,
  tf,
  unroll,
  updateGenerator,
  updateUnrolledGenerator,
  withWeights,
  zeroSum,
} from "gan-lib";
import { backends, normalValues, onBackend } from "../ops/samples";
import { relativeError, TOLERANCE } from "../ops/finiteDifferences";
import { tinyGame, weightsOf } from "./tinyGame";

before(ready);

type Networks = (random: gan.RandomStream) => Pick<gan.Game, "generator" | "discriminator">;

const dense = (units: number, random: gan.RandomStream, options: object = {}): tf.layers.Layer =>
  tf.layers.dense({
    units,
    kernelInitializer: tf.initializers.randomNormal({ stddev: 1, seed: random.seed() }),
    ...options,
  });

/** Smooth, so that differences meet no kink. */
const points: Networks = (random) => ({
  generator: tf.sequential({
    layers: [
      dense(3, random, { inputShape: [2] }),
      gan.layers.activation("tanh"),
      dense(2, random),
    ],
  }),
  discriminator: tf.sequential({
    layers: [
      dense(4, random, { inputShape: [2] }),
      gan.layers.activation("tanh"),
      dense(1, random),
    ],
  }),
});

const images: Networks = (random) => ({
  generator: tf.sequential({
    layers: [dense(16, random, { inputShape: [2] }), tf.layers.reshape({ targetShape: [4, 4, 1] })],
  }),
  discriminator: tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [4, 4, 1],
        filters: 2,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        kernelInitializer: tf.initializers.glorotUniform({ seed: random.seed() }),
      }),
      gan.layers.batchNormalization(),
      gan.layers.activation("tanh"),
      tf.layers.flatten(),
      dense(1, random),
    ],
  }),
});

/** Plain steps of rate 1 for the generator, so that the change of a weight is its gradient. */
function game(networks: Networks, objective: gan.Objective): gan.Game {
  const random = createRandom(3);
  return {
    ...networks(random),
    objective,
    generatorOptimizer: tf.train.sgd(1),
    discriminatorOptimizer: tf.train.sgd(1),
    random: random.split("latent"),
  };
}

const realOf = ({ discriminator }: gan.Game): tf.Tensor =>
  normalValues([6, ...(discriminator.inputs[0]!.shape.slice(1) as number[])], 11);
const batchOf = (played: gan.Game): gan.Batch => ({ images: realOf(played) });
const variablesOf = (model: tf.LayersModel): tf.Tensor[] =>
  gan.trainableVariables(model).map((variable) => tf.clone(variable));

/** The generator's gradient by one weight, as an update takes it. */
function gradientOf(
  make: () => gan.Game,
  update: (played: gan.Game) => void,
  i: number,
): tf.Tensor {
  const played = make();
  const before = variablesOf(played.generator)[i]!;
  update(played);
  return tf.sub(before, variablesOf(played.generator)[i]!);
}

/** The loss after K steps that an optimizer takes on a discriminator, with a weight of the generator replaced. */
function lossAfter(
  make: () => gan.Game,
  { steps, rate }: gan.UnrollOptions,
  i: number,
): (weight: tf.Tensor) => tf.Scalar {
  return (weight) => {
    const { generator, discriminator, objective, random } = make();
    generator.trainableWeights[i]!.write(weight);
    const [real, z] = [realOf(make()), gan.sampleLatent(generator, 6, random)];
    const logits = (samples: tf.Tensor): tf.Tensor =>
      discriminator.apply(samples, { training: true }) as tf.Tensor;
    const fake = generator.apply(z, { training: true }) as tf.Tensor;
    const optimizer = tf.train.sgd(rate);
    for (let step = 0; step < steps; step++) {
      optimizer.applyGradients(
        tf.variableGrads(
          () => objective.discriminatorLoss(logits(real), logits(fake)),
          gan.trainableVariables(discriminator),
        ).grads,
      );
    }
    return objective.generatorLoss(logits(fake), logits(real));
  };
}

const cases: [name: string, networks: Networks, objective: gan.Objective, steps: number][] = [
  ["points, the value of the game, 1 step", points, zeroSum(minimax), 1],
  ["points, the value of the game, 4 steps", points, zeroSum(minimax), 4],
  ["points, the non-saturating loss, 4 steps", points, nonSaturating, 4],
  ["images, the value of the game, 2 steps", images, zeroSum(minimax), 2],
];

for (const backend of backends) {
  for (const [name, networks, objective, steps] of cases) {
    test(`the gradient is that of the loss after the discriminator's steps: ${name}, on ${backend}`, () =>
      onBackend(backend, () => {
        const options = { steps, rate: 0.2 };
        const make = (): gan.Game => game(networks, objective);
        const looking = (played: gan.Game): void =>
          void updateUnrolledGenerator(played, batchOf(played), options);
        variablesOf(make().generator).forEach((weight, i) => {
          const gradient = gradientOf(make, looking, i);
          const error = relativeError(lossAfter(make, options, i), () => gradient, weight);
          assert.ok(error < TOLERANCE, `weight ${i}: relative error ${error}`);
        });
      }));
  }
}

test("without a step it is the plain gradient, with steps it is another", () => {
  const make = (): gan.Game => game(points, nonSaturating);
  const plain = gradientOf(make, (played) => void updateGenerator(played, batchOf(played)), 0);
  const apart = (steps: number): number => {
    const gradient = gradientOf(
      make,
      (played) => void updateUnrolledGenerator(played, batchOf(played), { steps, rate: 0.2 }),
      0,
    );
    return tf.div(tf.norm(tf.sub(gradient, plain)), tf.norm(plain)).dataSync()[0]!;
  };
  assert.ok(apart(0) < 1e-6, `${apart(0)}`);
  assert.ok(apart(1) > 0.01, `${apart(1)}`);
});

test("the discriminator stays as it is, running moments included", () => {
  const played = game(images, zeroSum(minimax));
  const before = weightsOf(played.discriminator);
  updateUnrolledGenerator(played, batchOf(played), { steps: 3, rate: 0.5 });
  assert.deepEqual(weightsOf(played.discriminator), before);
});

test("compiled steps are those of the step as it is, and nothing leaks", () => {
  const [plain, compiled] = [game(images, zeroSum(minimax)), game(images, zeroSum(minimax))];
  const real = realOf(plain);
  const take = (played: gan.Game, batch: tf.Tensor): tf.Tensor =>
    tf.tidy(() =>
      tf.stack(
        Object.values(gan.unrolled(played, { steps: 2, rate: 0.1 }).take([{ images: batch }])),
      ),
    );
  const step = gan.compile((batch: tf.Tensor) => take(compiled, batch));
  for (let i = 0; i < 5; i++) {
    const [got, wanted] = [step(real), take(plain, real)];
    assert.ok(
      tf.max(tf.abs(tf.sub(got, wanted))).dataSync()[0]! < 1e-4,
      `step ${i}: ${got.toString()} is not ${wanted.toString()}`,
    );
  }
  assert.equal(step.graphs(), 1);
  const before = tf.memory().numTensors;
  take(plain, real).dispose();
  step(real).dispose();
  assert.equal(tf.memory().numTensors, before);
  step.dispose();
});

test("withWeights gives a model other weights for a while, also where it is nested or throws", () => {
  const { discriminator } = game(points, minimax);
  const x = normalValues([3, 2]);
  const answer = (): number[] => [...(discriminator.apply(x) as tf.Tensor).dataSync()];
  const [own, variables] = [answer(), gan.trainableVariables(discriminator)];
  const zeros = variablesOf(discriminator).map((weight) => tf.zerosLike(weight));
  withWeights(discriminator, zeros, () => {
    assert.deepEqual(answer(), [0, 0, 0]);
    withWeights(discriminator, variables, () => assert.deepEqual(answer(), own));
    assert.deepEqual(answer(), [0, 0, 0]);
  });
  assert.throws(
    () => withWeights(discriminator, zeros, () => assert.fail("thrown inside")),
    /thrown inside/,
  );
  assert.deepEqual(answer(), own);
  assert.throws(
    () => withWeights(discriminator, zeros.slice(1), answer),
    /has trainable weights \[2, 4\] .*, got \[4\]/,
  );
});

test("unroll takes gradient steps, by hand", () => {
  const [weight] = unroll([tf.scalar(8)], (w) => tf.square(w) as tf.Scalar, {
    steps: 3,
    rate: 0.25,
  }) as [tf.Tensor]; // halves w
  assert.deepEqual([...weight.dataSync()], [1]);
});

test("mistakes are refused by name", () => {
  const played = tinyGame();
  const real = createRandom(5).uniform([4, 2, 2, 1], -1, 1);
  const update = (
    changes: Partial<gan.Game>,
    options: Partial<gan.UnrollOptions> = {},
  ): gan.GeneratorMeasures =>
    updateUnrolledGenerator(
      { ...played, ...changes },
      { images: real },
      { steps: 1, rate: 0.1, ...options },
    );
  assert.throws(() => update({}, { steps: -1 }), /unroll: steps must be .* got -1/);
  assert.throws(() => update({}, { rate: 0 }), /unroll: rate must be above 0, got 0/);
  assert.throws(
    () => update({ regularizers: [gan.r1()] }),
    /regularizers and constraints are not unrolled/,
  );
  assert.throws(
    () => update({ constraints: [gan.weightClipping({ limit: 1 })] }),
    /regularizers and constraints are not unrolled/,
  );
  const unsafe = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [2, 2, 1] }),
      tf.layers.dense({ units: 1, activation: "tanh" }),
    ],
  });
  assert.throws(
    () => update({ discriminator: unsafe }),
    /updateUnrolledGenerator: the discriminator uses tf\.tanh/,
  );
  assert.throws(
    () => zeroSum(minimax).generatorLoss(tf.zeros([1, 1])),
    /zeroSum: .* needs the real logits/,
  );
});
