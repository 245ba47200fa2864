/** A cell that is killed in the middle of its training goes on to the weights of the unbroken run. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import { createRandom, ready, ringRemedy, type RingRemedy } from "gan-lib";
import { gaussianRing, mixtureBatches } from "gan-lib/dist/data/gaussianMixture";
import { checkpointOf, trainCell } from "gan-lib/experiments";
import { weightsOf } from "../training/tinyGame";

before(ready);

const STEPS = 11; // the gradient penalty's generator has its turn at 5 and 10
const KILLED_AT = 7;

/** Trains as the plan mode-collapse-remedies does, and returns all weights. */
async function trained(
  remedy: RingRemedy,
  folder: string,
  onProgress: (step: number) => Promise<void>,
): Promise<number[]> {
  const random = createRandom(1);
  const points = random.split("batches");
  const { game, steps: schedule } = ringRemedy(remedy, { random });
  const batches = mixtureBatches(gaussianRing(), { batchSize: 8, random: points });
  const saved = checkpointOf(game, { points });
  const cell = { steps: STEPS, folder, onProgress, saveAfter: 0 };
  await trainCell(cell, schedule, { batches: () => batches, saved });
  return [game.generator, game.discriminator].flatMap(weightsOf);
}

for (const remedy of ["none", "gradient penalty"] as const) {
  test(`${remedy}: a killed cell goes on after its last step, to the same weights`, async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), "resume-"));
    try {
      const whole = await trained(remedy, path.join(scratch, "whole"), async () => undefined);
      const folder = path.join(scratch, "killed");
      const killed = trained(remedy, folder, async (step) => {
        if (step === KILLED_AT) throw new Error("killed");
      });
      await assert.rejects(killed, /killed/);
      const steps: number[] = [];
      const resumed = await trained(remedy, folder, async (step) => void steps.push(step));
      assert.deepEqual(steps, [8, 9, 10, 11]);
      const off = Math.max(...whole.map((weight, i) => Math.abs(weight - resumed[i]!)));
      assert.ok(off < 1e-5, `off by ${off}`);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
}
