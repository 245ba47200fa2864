/** Games whose networks are told a class. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  conditionalDiscriminator,
  conditionalGenerator,
  createRandom,
  gradientPenalty,
  loadCheckpoint,
  projectionDiscriminator,
  r1,
  ready,
  saveCheckpoint,
  tf,
  trainSteps,
  updateDiscriminator,
  updateGenerator,
  weightClipping,
  type Batch,
  type Checkpointable,
  type Game,
  type Regularizer,
  type StepResult,
} from "gan-lib";
import { traceableBackend } from "gan-lib/dist/compile/native";
import { conditionalGame, labelledBatches } from "./conditionalGame";
import { tinyGame, weightsOf } from "./tinyGame";

before(ready);

const graphs = (): number => traceableBackend().binding.getNumOfSavedModels();
const allWeights = ({ generator, discriminator }: Game): number[] => [
  ...weightsOf(generator),
  ...weightsOf(discriminator),
];

const games: Record<string, () => Game> = {
  "batch normalisation in the generator": () => conditionalGame(),
  "a gradient penalty": () => ({ ...conditionalGame(), regularizers: [gradientPenalty()] }),
  R1: () => ({ ...conditionalGame(), regularizers: [r1({ weight: 1 })] }),
  "weight clipping": () => ({
    ...conditionalGame(),
    constraints: [weightClipping({ limit: 0.3 })],
  }),
  "a discriminator that takes no labels": () => ({
    ...conditionalGame(),
    discriminator: tinyGame().discriminator,
  }),
};

/** Asserts that compiled steps, fed with each batch's labels, end in the same weights as eager ones, to Adam's rounding. */
function assertCompiled(newGame: () => Game, side: number): void {
  const [compiled, eager] = [newGame(), newGame()];
  const graphsBefore = graphs();
  for (const { step } of trainSteps(compiled, labelledBatches({ side }), { steps: 20 }))
    if (step > 5) assert.equal(graphs(), graphsBefore + 1);
  const batches = labelledBatches({ side });
  for (let step = 0; step < 20; step++) {
    tf.tidy(() => {
      const batch = batches.next().value as Batch;
      updateDiscriminator(eager, batch);
      updateGenerator(eager, batch);
    });
  }
  const expected = allWeights(eager);
  const furthest = Math.max(
    ...allWeights(compiled).map((weight, i) => Math.abs(weight - (expected[i] as number))),
  );
  assert.ok(furthest <= 1e-4, `off by ${furthest}`);
}

for (const [name, newGame] of Object.entries(games)) {
  test(`with ${name}: compiled steps are eager steps`, () => assertCompiled(newGame, 2));
}

for (const [name, discriminator] of Object.entries({
  conditionalDiscriminator,
  projectionDiscriminator,
})) {
  test(`the convolutional networks with ${name}: compiled steps are eager steps`, () => {
    const options = () => ({
      imageShape: [8, 8, 1] as const,
      classes: 3,
      filters: 2,
      random: createRandom(3),
    });
    const networks = () => ({
      generator: conditionalGenerator({ ...options(), latentDim: 3 }),
      discriminator: discriminator(options()),
    });
    assertCompiled(() => ({ ...conditionalGame(), ...networks() }), 8);
  });
}

test("the generator learns which class is which: the higher the class, the brighter its images", () => {
  const game = conditionalGame();
  const means = (): number[] => {
    const z = createRandom(4).normal([60, 3]);
    return [0, 1, 2].map(
      (label) =>
        (game.generator.predict([z, tf.fill([60], label, "int32")]) as tf.Tensor)
          .mean()
          .dataSync()[0] as number,
    );
  };
  const inOrder = ([dark, middle, bright]: number[]): boolean =>
    middle! - dark! > 0.4 && bright! - middle! > 0.4;
  assert.ok(!inOrder(means()), `untrained ${String(means())}`);
  Array.from(trainSteps(game, labelledBatches(), { steps: 600 }));
  assert.ok(inOrder(means()), `trained ${String(means())}`);
});

test("a generated sample is made of the label of the real one beside it, and regularizers ask with the same labels", () => {
  const game = conditionalGame();
  const { images, labels } = labelledBatches().next().value as Required<Batch>;
  const told = (model: tf.LayersModel, input: tf.Tensor): number[] => [
    ...(
      model.apply([input, tf.reshape(labels, [-1, 1])], { training: true }) as tf.Tensor
    ).dataSync(),
  ];
  const z = conditionalGame().random.normal([6, 3]);
  const expected = [told(game.generator, z), told(game.discriminator, images)];
  let seen: unknown;
  const spy: Regularizer = ({ discriminate, real, fake }) => {
    seen = [fake, discriminate(real)].map((tensor) => [...tensor.dataSync()]);
    return tf.scalar(0);
  };
  updateDiscriminator({ ...game, regularizers: [spy] }, { images, labels });
  assert.deepEqual(seen, expected);
});

test("labels of a network that takes none change nothing", () => {
  const unlabelled = (function* (): Generator<Batch> {
    for (const { images } of labelledBatches()) yield { images };
  })();
  const run = (batches: Iterator<Batch>): StepResult[] => [
    ...trainSteps(tinyGame(), batches, { steps: 6 }),
  ];
  assert.deepEqual(run(labelledBatches()), run(unlabelled));
  assert.throws(
    () => [...trainSteps(conditionalGame(), unlabelled, { steps: 1 })],
    /takes class labels, and there are none: pass batches with labels/,
  );
});

test("a checkpoint of a conditional game is where it goes on", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gan-lib-conditional-"));
  try {
    const partsOf = (game: Game): Checkpointable => ({
      models: { generator: game.generator, discriminator: game.discriminator },
      optimizers: {
        generator: game.generatorOptimizer,
        discriminator: game.discriminatorOptimizer,
      },
      streams: { latent: game.random },
    });
    const [first, second] = [conditionalGame(), conditionalGame()];
    Array.from(trainSteps(first, labelledBatches(), { steps: 5 }));
    await saveCheckpoint(folder, partsOf(first), { step: 5 });
    await loadCheckpoint(folder, partsOf(second));
    const more = { steps: 5, startAt: 5 };
    assert.deepEqual(
      [...trainSteps(second, labelledBatches({ seed: 3 }), more)],
      [...trainSteps(first, labelledBatches({ seed: 3 }), more)],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
