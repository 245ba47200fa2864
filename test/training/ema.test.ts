import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  createRandom,
  dcganGenerator,
  layers,
  loadCheckpoint,
  movingAverage,
  ready,
  saveCheckpoint,
  tf,
  trainSteps,
} from "gan-lib";
import { traceableBackend } from "gan-lib/dist/compile/native";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

/** A network of one weight, 1 at first. */
function oneWeight(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: "ones" }),
    ],
  });
}

function setWeight(model: tf.LayersModel, value: number): void {
  tf.tidy(() => model.setWeights([tf.tensor2d([[value]])]));
}

test("the average of 1, 5 and 9 with a decay of 0.75 is 2, then 3.75; the network keeps its own weight", async () => {
  const model = oneWeight();
  const average = await movingAverage(model, { decay: 0.75 });
  assert.deepEqual(weightsOf(average.model), [1]);
  setWeight(model, 5);
  average.update();
  assert.deepEqual(weightsOf(average.model), [2]);
  setWeight(model, 9);
  average.update();
  assert.deepEqual(weightsOf(average.model), [3.75]);
  assert.deepEqual(weightsOf(model), [9]);
});

test("beside compiled training steps it averages the weights after each step", async () => {
  const game = tinyGame();
  const average = await movingAverage(game.generator, { decay: 0.5 });
  let expected = weightsOf(game.generator);
  for (const { step } of trainSteps(game, tinyBatches(), { steps: 12 })) {
    average.update();
    const now = weightsOf(game.generator);
    expected = expected.map((mean, i) => 0.5 * mean + 0.5 * (now[i] as number));
    weightsOf(average.model).forEach((weight, i) =>
      assert.ok(Math.abs(weight - (expected[i] as number)) < 1e-6, `weight ${i} in step ${step}`),
    );
  }
});

test("the training is the same to the bit with and without it", async () => {
  const [with_, without] = [tinyGame(), tinyGame()];
  const average = await movingAverage(with_.generator, { decay: 0.9 });
  const seen = [...trainSteps(without, tinyBatches(), { steps: 8 })];
  const steps = trainSteps(with_, tinyBatches(), { steps: 8 });
  for (const expected of seen) {
    assert.deepEqual(steps.next().value, expected);
    average.update();
  }
  assert.deepEqual(weightsOf(with_.generator), weightsOf(without.generator));
});

test("running moments are averaged with the weights, and a DCGAN's generator can be averaged", async () => {
  const model = tf.sequential({
    layers: [layers.batchNormalization({ momentum: 0, inputShape: [1] })],
  });
  const average = await movingAverage(model, { decay: 0.75 });
  tf.tidy(() => void model.apply(tf.tensor2d([[2], [6]]), { training: true })); // moments of this batch: mean 4, variance 4
  average.update();
  const means = Object.fromEntries(
    average.model.weights.map((weight) => [
      weight.originalName.replace(/.*\//, ""),
      weight.read().dataSync()[0],
    ]),
  );
  assert.equal(means["movingMean"], 1); // 0.75 * 0 + 0.25 * 4
  const generator = dcganGenerator({
    imageShape: [8, 8, 1],
    latentDim: 4,
    filters: 2,
    random: createRandom(1),
  });
  const averaged = await movingAverage(generator, { decay: 0.9 });
  assert.deepEqual(weightsOf(averaged.model), weightsOf(generator));
});

test("it goes on from a checkpoint where it was", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "ema-"));
  try {
    const model = oneWeight();
    const average = await movingAverage(model, { decay: 0.75 });
    const parts = { models: { model, average: average.model }, optimizers: {}, streams: {} };
    setWeight(model, 5);
    for (let i = 0; i < 6; i++) average.update();
    await saveCheckpoint(folder, parts, { step: 6 });
    average.update();
    const expected = weightsOf(average.model);
    for (let i = 0; i < 3; i++) average.update();
    await loadCheckpoint(folder, parts);
    average.update();
    assert.deepEqual(weightsOf(average.model), expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("it leaves no tensors and no graph behind, and refuses a decay that is none", async () => {
  const model = oneWeight();
  const graphs = (): number => traceableBackend().binding.getNumOfSavedModels();
  const [count, compiled] = [tf.memory().numTensors, graphs()];
  const average = await movingAverage(model, { decay: 0.75 });
  for (let i = 0; i < 6; i++) average.update();
  assert.equal(graphs(), compiled + 1);
  average.dispose();
  assert.deepEqual([tf.memory().numTensors, graphs()], [count, compiled]);
  for (const decay of [1, -0.1, NaN])
    await assert.rejects(movingAverage(model, { decay }), /decay must be in \[0, 1\), got/);
});
