import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { loadCheckpoint } from "gan-lib/dist/checkpoint/checkpoint";
import { saveCheckpoint } from "gan-lib/dist/checkpoint/save";
import { createRandom } from "gan-lib/dist/ops/random";
import { createTinyGan, weightsOf, type TinyGan } from "./tinyGan";

const scratch = mkdtempSync(path.join(tmpdir(), "restore-"));
let folder: string;
let count = 0;

before(ready);
beforeEach(() => (folder = path.join(scratch, String(count++))));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe("every optimizer of tf.js", () => {
  const optimizers: Record<string, () => tf.Optimizer> = {
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.05, 0.9),
    nesterov: () => tf.train.momentum(0.05, 0.9, true),
    adagrad: () => tf.train.adagrad(0.1),
    adadelta: () => tf.train.adadelta(0.5),
    rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5),
    adam: () => tf.train.adam(0.01, 0.5),
    adamax: () => tf.train.adamax(0.01),
  };
  for (const [name, make] of Object.entries(optimizers)) {
    test(`${name} goes on bit for bit, in a run of its own or the same`, async () => {
      const gan = createTinyGan({ make });
      gan.train(7);
      await saveCheckpoint(folder, gan, { step: 7 });
      gan.train(7);
      const wanted = weightsOf(gan);
      for (const run of [createTinyGan({ make }), gan]) {
        await loadCheckpoint(folder, run);
        run.train(7);
        assert.deepEqual(weightsOf(run), wanted);
      }
    });
  }

  test("names its slots after the variables of the process that loads", async () => {
    const gan = createTinyGan();
    gan.train(1);
    await saveCheckpoint(folder, gan, { step: 1 });
    const other = createTinyGan();
    await loadCheckpoint(folder, other);
    const [, first] = await other.optimizers.generator.getWeights();
    const weight = other.models.generator.weights[0]?.read() as tf.Variable;
    assert.equal(first?.name, `${weight.name}/m`);
  });

  test("forgets its slots when the saved one had none", async () => {
    const gan = createTinyGan();
    await saveCheckpoint(folder, gan, { step: 0 });
    gan.train(4);
    const wanted = weightsOf(gan);
    await loadCheckpoint(folder, gan);
    gan.train(4);
    assert.deepEqual(weightsOf(gan), wanted);
  });
});

describe("a learning rate that changed during the run", () => {
  for (const make of [() => tf.train.adam(0.01, 0.5), () => tf.train.momentum(0.01, 0.9)]) {
    test(`of ${make().getClassName()} is restored, and a warning says so`, async (context) => {
      const gan = createTinyGan({ make });
      const setRate = (rate: number): void => {
        const { generator } = gan.optimizers;
        if ("setLearningRate" in generator) (generator as tf.SGDOptimizer).setLearningRate(rate);
        else (generator as unknown as { learningRate: number }).learningRate = rate;
      };
      gan.train(3);
      setRate(0.002);
      gan.train(3);
      await saveCheckpoint(folder, gan, { step: 6 });
      gan.train(3);
      const resumed = createTinyGan({ make });
      const warn = context.mock.method(console, "warn", () => undefined);
      await loadCheckpoint(folder, resumed);
      assert.match(
        String(warn.mock.calls[0]?.arguments[0]),
        /"generator" goes on at the saved learning rate 0\.002, not at its own 0\.01/,
      );
      assert.equal(warn.mock.callCount(), 1);
      resumed.train(3);
      assert.deepEqual(weightsOf(resumed), weightsOf(gan));
    });
  }
});

describe("a part of a checkpoint", () => {
  async function trained(): Promise<TinyGan> {
    const gan = createTinyGan();
    gan.train(3);
    await saveCheckpoint(folder, gan, { step: 3 });
    return gan;
  }

  test("is loaded by its names, and the rest stays untouched", async () => {
    const gan = await trained();
    const other = createTinyGan({ seed: 2 });
    const untouched = other.models.discriminator.getWeights()[0]?.dataSync();
    await loadCheckpoint(folder, other, { only: ["generator"] });
    assert.deepEqual(weightsOf(other).slice(0, 4), weightsOf(gan).slice(0, 4));
    assert.deepEqual(other.models.discriminator.getWeights()[0]?.dataSync(), untouched);
  });

  test("needs no other part in the run", async () => {
    const gan = await trained();
    const { generator } = createTinyGan({ seed: 2 }).models;
    const models = { generator };
    await loadCheckpoint(folder, { models, optimizers: {}, streams: {} }, { only: ["generator"] });
    assert.deepEqual(
      generator.getWeights().map((w) => [...w.dataSync()]),
      gan.models.generator.getWeights().map((w) => [...w.dataSync()]),
    );
  });

  test("that the run or the checkpoint lacks is an error", async () => {
    const gan = await trained();
    await assert.rejects(
      loadCheckpoint(folder, gan, { only: ["encoder"] }),
      /only names "encoder"; the run has generator, discriminator, noise/,
    );
    await assert.rejects(loadCheckpoint(folder, gan, { only: [] }), /only names nothing/);
    const models = { encoder: gan.models.generator };
    await assert.rejects(
      loadCheckpoint(folder, { models, optimizers: {}, streams: {} }, { only: ["encoder"] }),
      /saved with the models discriminator, generator, the run has encoder/,
    );
  });
});

describe("names", () => {
  test("may hold slashes, and begin alike", async () => {
    const [one, two] = [createTinyGan({ seed: 1 }), createTinyGan({ seed: 2 })];
    one.train(1);
    two.train(2);
    const run = (a: TinyGan, b: TinyGan): Parameters<typeof saveCheckpoint>[1] => ({
      models: {
        g: a.models.generator,
        "g/ema": b.models.generator,
        "g/0.kernel": b.models.generator,
      },
      optimizers: { g: a.optimizers.generator, "g/scalars": b.optimizers.generator },
      streams: {},
    });
    await saveCheckpoint(folder, run(one, two), { step: 1 });
    const [first, second] = [createTinyGan({ seed: 3 }), createTinyGan({ seed: 4 })];
    await loadCheckpoint(folder, run(first, second));
    assert.deepEqual(weightsOf(first).slice(0, 4), weightsOf(one).slice(0, 4));
    assert.deepEqual(weightsOf(second).slice(0, 4), weightsOf(two).slice(0, 4));
  });
});

describe("a run that cannot be restored", () => {
  test("is left as it was, its streams too", async () => {
    const [one, other] = [createRandom(1).split("one"), createRandom(1).split("other")];
    const parts = (): Parameters<typeof saveCheckpoint>[1] => ({
      models: {},
      optimizers: {},
      streams: { one, other },
    });
    one.next();
    await saveCheckpoint(folder, parts(), { step: 1 });
    one.next();
    const before = one.state();
    const stranger = createRandom(2).split("other");
    const run = { models: {}, optimizers: {}, streams: { one, other: stranger } };
    const strangerBefore = stranger.state();
    await assert.rejects(loadCheckpoint(folder, run), /RandomStream.restore/);
    assert.deepEqual([one.state(), stranger.state()], [before, strangerBefore]);
  });
});

describe("a run that went wrong", () => {
  const refused: Record<string, [(gan: TinyGan) => void, RegExp]> = {
    "a weight that is NaN": [
      ({ models }) =>
        models.generator.setWeights(models.generator.getWeights().map((w) => w.div(0))),
      /models\/generator\/0\.kernel holds (-?Infinity|NaN) at place 0: the run has diverged/,
    ],
    "an infinite moment": [
      ({ optimizers }) => {
        const { accumulatedSecondMoment: slots } = optimizers.discriminator as unknown as {
          accumulatedSecondMoment: { variable: tf.Variable }[];
        };
        slots[0]?.variable.assign(tf.fill(slots[0].variable.shape, Infinity));
      },
      /optimizers\/discriminator\/accumulatedSecondMoment\/0 holds Infinity/,
    ],
    "a learning rate that is NaN": [
      ({ optimizers }) =>
        void ((optimizers.generator as unknown as { learningRate: number }).learningRate = NaN),
      /optimizer "generator" has the learningRate NaN/,
    ],
  };
  for (const [what, [spoil, message]] of Object.entries(refused)) {
    test(`by ${what} is not saved, and the good checkpoint stays`, async () => {
      const gan = createTinyGan();
      gan.train(2);
      await saveCheckpoint(folder, gan, { step: 2 }, { keep: 1 });
      spoil(gan);
      await assert.rejects(saveCheckpoint(folder, gan, { step: 3 }, { keep: 1 }), message);
      assert.equal(readdirSync(folder).length, 1);
      assert.equal((await loadCheckpoint(folder, createTinyGan())).step, 2);
    });
  }

  test("by its step, score or extra is not saved either", async () => {
    const gan = createTinyGan();
    const save = (position: object): Promise<void> =>
      saveCheckpoint(folder, gan, { step: 1, ...position });
    await assert.rejects(save({ step: NaN }), /step must be a whole number of at least 0, got NaN/);
    await assert.rejects(save({ step: 0.5 }), /got 0\.5/);
    await assert.rejects(save({ score: NaN }), /score must be a finite number, got NaN/);
    await assert.rejects(save({ extra: { losses: [1, NaN] } }), /extra\.losses\.1 is NaN/);
    await assert.rejects(save({ extra: { at: new Date() } }), /extra\.at is \[object Date\]/);
    await assert.rejects(
      saveCheckpoint(folder, gan, { step: 1 }, { keep: 0 }),
      /keep must be a whole number of at least 1, got 0/,
    );
  });
});
