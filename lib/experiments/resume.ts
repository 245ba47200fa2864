/** How a cell that was stopped goes on. */
import { DamagedCheckpointError, hasCheckpoint, loadCheckpoint } from "../checkpoint/checkpoint";
import { saveCheckpoint, type Checkpointable, type Restorable } from "../checkpoint/save";
import type { Game } from "../training/game";
import type { PlanCell } from "./plan";

/**
 * Puts a run back where its last checkpoint was saved, where there is one: the beginning of a cell that may have been
 * killed. Save with `saveCheckpoint(folder, run, { step })`.
 *
 * @param folder The cell's folder.
 * @returns How many steps were taken before; 0 where no checkpoint was saved, and with a warning where none is whole.
 * @throws Error when the checkpoint is of another run, or cannot be read.
 */
export async function resumeCheckpoint(folder: string, run: Checkpointable): Promise<number> {
  if (!hasCheckpoint(folder)) return 0;
  try {
    return (await loadCheckpoint(folder, run)).step;
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    console.warn(`${error.message}\nThe steps are taken from the beginning.`);
    return 0;
  }
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
