/** How a cell that was stopped goes on. */
import { DamagedCheckpointError, hasCheckpoint, loadCheckpoint } from "../checkpoint/checkpoint";
import { saveCheckpoint, type Checkpointable, type Restorable } from "../checkpoint/save";
import type { Game } from "../training/game";
import type { Measures, Step } from "../training/step";
import { trainSteps, type Schedule } from "../training/trainSteps";
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

/** How {@link trainCell} trains. */
export interface CellTraining<B> {
  /** The batches from the step of this number on; those of an iterator that is saved follow from where it was put back. */
  readonly batches: (from: number) => Iterator<B>;
  /** All that the training depends on. */
  readonly saved: Checkpointable;
}

/** All that a game's training depends on, and the streams of its batches. */
export function checkpointOf(
  { generator, discriminator, generatorOptimizer, discriminatorOptimizer, random }: Game,
  streams: Readonly<Record<string, Restorable>> = {},
): Checkpointable {
  return {
    models: { generator, discriminator },
    optimizers: { generatorOptimizer, discriminatorOptimizer },
    streams: { latent: random, ...streams },
  };
}

/**
 * Trains a cell from where its last checkpoint was to the cell's last step, and says where it goes on.
 *
 * @throws Error when the checkpoint is of another run, or cannot be read.
 */
export async function trainCell<B>(
  { steps, folder, onProgress, saveAfter = SAVE_AFTER }: Omit<PlanCell, "settings" | "seed">,
  what: Step<B> | Schedule<B, Measures>,
  { batches, saved }: CellTraining<B>,
): Promise<void> {
  let savedAt = performance.now();
  const startAt = await resumeCheckpoint(folder, saved);
  if (startAt > 0) console.log(`Goes on after step ${startAt}, from ${folder}.`);
  if (startAt >= steps) return;
  const loop = { steps: steps - startAt, startAt };
  for (const { step } of trainSteps(what, batches(startAt + 1), loop)) {
    if (performance.now() - savedAt >= 1000 * saveAfter && step < steps) {
      await saveCheckpoint(folder, saved, { step });
      savedAt = performance.now();
    }
    await onProgress(step);
  }
}
