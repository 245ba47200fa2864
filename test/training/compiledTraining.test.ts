/** `trainSteps` compiles by itself, and nobody can tell but by the clock. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  loadCheckpoint,
  ready,
  saveCheckpoint,
  tf,
  trainSteps,
  updateDiscriminator,
  updateGenerator,
  type Batch,
  type Game,
} from "gan-lib";
import { backendName } from "gan-lib/dist/backend/load";
import { traceableBackend } from "gan-lib/dist/compile/native";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

const graphs = (): number => traceableBackend().binding.getNumOfSavedModels();

/** In a graph, Adam is one kernel, whose rounding is another. */
function assertNear(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  const furthest = Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] as number))));
  assert.ok(furthest <= 1e-4, `off by ${furthest}`);
}

test("50 steps of trainSteps are 50 steps of the eager updates, to 1e-4", () => {
  const [compiled, eager] = [tinyGame(), tinyGame()];
  const batches = tinyBatches();
  const valueOf = (scalar: tf.Scalar | undefined): number => scalar!.dataSync()[0]!;
  for (const numbers of trainSteps(compiled, tinyBatches(), { steps: 50, discriminatorSteps: 2 })) {
    tf.tidy(() => {
      updateDiscriminator(eager, batches.next().value as Batch);
      const batch = batches.next().value as Batch;
      const measured = { ...updateDiscriminator(eager, batch), ...updateGenerator(eager, batch) };
      for (const name of ["discriminatorLoss", "generatorLoss", "realProbability"] as const)
        assertNear([numbers[name]!], [valueOf(measured[name])]);
    });
  }
  assertNear(weightsOf(compiled.generator), weightsOf(eager.generator));
  assertNear(weightsOf(compiled.discriminator), weightsOf(eager.discriminator));
  assert.deepEqual(compiled.random.state(), eager.random.state());
});

test("one graph runs the steps, and is freed when the loop ends, is left or throws", () => {
  assert.equal(backendName, "tensorflow");
  const before = graphs();
  for (const { step } of trainSteps(tinyGame(), tinyBatches(), { steps: 8 }))
    if (step > 5) assert.equal(graphs(), before + 1);
  assert.equal(graphs(), before);
  for (const { step } of trainSteps(tinyGame(), tinyBatches(), { steps: 8 })) if (step === 6) break;
  assert.equal(graphs(), before);
  const stop = new AbortController();
  assert.throws(() => {
    for (const { step } of trainSteps(tinyGame(), tinyBatches(), { steps: 8, signal: stop.signal }))
      if (step === 6) stop.abort();
  });
  assert.equal(graphs(), before);
});

test("a step of many updates is two graphs, and the same step", () => {
  const [many, eager] = [tinyGame(), tinyGame()];
  const [before, same] = [graphs(), tinyBatches()];
  for (const { step } of trainSteps(many, tinyBatches(), { steps: 4, discriminatorSteps: 9 })) {
    if (step === 4) assert.equal(graphs(), before + 2);
    tf.tidy(() => {
      let batch: Batch | undefined;
      for (let k = 0; k < 9; k++) updateDiscriminator(eager, (batch = same.next().value as Batch));
      updateGenerator(eager, batch as Batch);
    });
  }
  assert.equal(graphs(), before);
  assertNear(weightsOf(many.discriminator), weightsOf(eager.discriminator));
});

test("a checkpoint that is loaded in the middle of a loop is where the loop goes on", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gan-lib-compiled-"));
  try {
    const game = tinyGame();
    const parts = {
      models: { generator: game.generator, discriminator: game.discriminator },
      optimizers: {
        generator: game.generatorOptimizer,
        discriminator: game.discriminatorOptimizer,
      },
      streams: { latent: game.random },
    };
    const batch = (tinyBatches().next().value as Batch).images;
    const same: Iterator<Batch> = { next: () => ({ value: { images: batch.clone() } }) };
    const seen: unknown[] = [];
    for (const { step, ...figures } of trainSteps(game, same, { steps: 20 })) {
      if (step === 6) await saveCheckpoint(path.join(folder, "six"), parts, { step });
      if (step === 13) await loadCheckpoint(path.join(folder, "six"), parts);
      seen.push(figures);
    }
    assert.deepEqual(seen.slice(13, 20), seen.slice(6, 13));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an objective that reads values back trains as it is, and one warning says why", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const reading = (game: Game): Game => ({
    ...game,
    objective: {
      ...game.objective,
      generatorLoss: (fakeLogits) => (
        fakeLogits.dataSync(),
        game.objective.generatorLoss(fakeLogits)
      ),
    },
  });
  const [strange, usual] = [reading(tinyGame()), tinyGame()];
  const [got, wanted] = [strange, usual].map((game) =>
    [...trainSteps(game, tinyBatches(), { steps: 6 })].flatMap((result) =>
      Object.values<number>(result),
    ),
  ) as [number[], number[]];
  assertNear(got, wanted);
  assert.equal(warn.mock.callCount(), 1);
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /reads the value of a tensor .*compiledTraining\.test.* runs as it is/,
  );
});
