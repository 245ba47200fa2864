/** PacGAN's protocol: the game, the order of its points, and a run that goes on where it was killed. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import { createRandom, experimentPlan, ready, tf } from "gan-lib";
import { pacganGame, pointsOfStep } from "gan-lib/dist/plans/pacganMixtures";

before(ready);

const set = (): tf.Tensor2D => tf.tensor2d(Array.from({ length: 10 }, (_, i) => [i, -i]));

test("an epoch takes each point once, whole, and the next one in another order", () => {
  const points = pointsOfStep(set(), 5, createRandom(1));
  const steps = [1, 2, 3, 4].map((step) => points(step).arraySync());
  const epochs = [steps.slice(0, 2).flat(), steps.slice(2).flat()];
  for (const epoch of epochs) {
    assert.deepEqual(epoch.map(([x]) => x).sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const [x, y] of epoch) assert.equal(y! + x!, 0);
  }
  assert.notDeepEqual(epochs[0], epochs[1]);
});

test("the points of a step do not depend on the steps before", () => {
  const all = pointsOfStep(set(), 3, createRandom(1));
  const inOrder = [1, 2, 3, 4, 5, 6, 7].map((step) => all(step).arraySync());
  assert.deepEqual(pointsOfStep(set(), 3, createRandom(1))(6).arraySync(), inOrder[5]);
  assert.deepEqual(inOrder[3]!.length, 3); // three batches of 3 of 10 points: the fourth begins an epoch
});

test("the networks and optimizers are the paper's", () => {
  const { generator, discriminator, generatorOptimizer, discriminatorOptimizer } = pacganGame(
    3,
    createRandom(1),
  );
  assert.deepEqual(
    [generator.inputs[0]!.shape, discriminator.inputs[0]!.shape],
    [
      [null, 2],
      [null, 6],
    ],
  );
  for (const optimizer of [generatorOptimizer, discriminatorOptimizer]) {
    const { learningRate, beta1, beta2 } = optimizer.getConfig() as Record<string, number>;
    assert.deepEqual([learningRate, beta1, beta2], [1e-4, 0.8, 0.999]);
  }
});

test("a run that is killed goes on from its last full minute, to the very figures of one that is not", async (t) => {
  let seconds = 0;
  t.mock.method(performance, "now", () => 1000 * seconds);
  const folders = [1, 2].map(() => mkdtempSync(path.join(tmpdir(), "pacgan-")));
  const cell = (folder: string, onStep: (step: number) => void) => {
    const onProgress = async (step: number): Promise<void> => {
      seconds += 1;
      onStep(step);
    };
    return experimentPlan("pacgan-ring").run({
      settings: { packing: 2 },
      seed: 1,
      steps: 70,
      folder,
      onProgress,
    });
  };
  try {
    const whole = await cell(folders[0]!, () => undefined);
    const kill = (step: number): void => {
      if (step === 65) throw new Error("killed");
    };
    await assert.rejects(cell(folders[1]!, kill), /killed/);
    const steps: number[] = [];
    const resumed = await cell(folders[1]!, (step) => void steps.push(step));
    assert.equal(steps[0], 62); // the 61st step ended after 60 seconds
    assert.deepEqual(resumed, whole);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
});
