import { existsSync } from "node:fs";
import path from "node:path";
import {
  loadCheckpoint,
  saveCheckpoint,
  type Checkpointable,
  type Restorable,
} from "../checkpoint/checkpoint";
import type { Game } from "../training/game";
import type { PlanCell } from "./plan";

/**
 * Puts a run back where its last checkpoint was saved, where there is one: the beginning of a cell that may have been
 * killed. Save with `saveCheckpoint(folder, run, { step })`.
 *
 * @param folder The cell's folder.
 * @returns How many steps were taken before; 0 where no checkpoint was saved.
 * @throws Error when the checkpoint is broken or of another run.
 */
export async function resumeCheckpoint(folder: string, run: Checkpointable): Promise<number> {
  if (!existsSync(path.join(folder, "manifest.json"))) return 0;
  return (await loadCheckpoint(folder, run)).step;
}

/** Seconds: next to the steps of a small network a checkpoint costs much, and of a large one a step takes seconds. */
const SAVE_AFTER = 60;

/** What {@link takeSteps} takes. */
export interface StepOptions {
  /** Streams that the steps draw from, besides the game's own. */
  readonly streams?: Readonly<Record<string, Restorable>>;
  /** Seconds from checkpoint to checkpoint; 0 saves one after each step. Default 60. */
  readonly saveAfter?: number;
}

/** Trains a cell's game from where its last checkpoint was to the cell's last step; `takeStep` takes the step of that number. */
export async function takeSteps(
  { steps, folder, onProgress }: Pick<PlanCell, "steps" | "folder" | "onProgress">,
  { generator, discriminator, generatorOptimizer, discriminatorOptimizer, random }: Game,
  takeStep: (step: number) => void,
  { streams = {}, saveAfter = SAVE_AFTER }: StepOptions = {},
): Promise<void> {
  const saved = {
    models: { generator, discriminator },
    optimizers: { generatorOptimizer, discriminatorOptimizer },
    streams: { latent: random, ...streams },
  };
  let savedAt = performance.now();
  for (let step = 1 + (await resumeCheckpoint(folder, saved)); step <= steps; step++) {
    takeStep(step);
    if (performance.now() - savedAt >= 1000 * saveAfter && step < steps) {
      await saveCheckpoint(folder, saved, { step });
      savedAt = performance.now();
    }
    await onProgress(step);
  }
}
