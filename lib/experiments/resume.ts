/** How a cell that was stopped goes on. */
import type { Checkpointable } from "../checkpoint/save";
import { SelfSaving, takeUp } from "../checkpoint/selfSaving";
import type { FitOptions } from "../detection/detector";
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
  return (await takeUp(folder, run)).step;
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

type CellSteps = Pick<PlanCell, "steps" | "folder" | "onProgress" | "saveAfter">;

/** A run of a cell that is put back where it was, and saved between its steps. */
class SavedCell {
  readonly #saving: SelfSaving;

  constructor(
    private readonly cell: Omit<CellSteps, "onProgress">,
    private readonly run: Checkpointable,
  ) {
    const { folder, saveAfter: every = SAVE_AFTER } = cell;
    this.#saving = new SelfSaving({ folder, run, every });
  }

  /** How many steps were taken before. */
  async takeUp(): Promise<number> {
    const { folder } = this.cell;
    const step = await resumeCheckpoint(folder, this.run);
    if (step > 0) console.log(`Goes on after step ${step}, from ${folder}.`);
    return step;
  }

  async saveIfDue(step: number): Promise<void> {
    if (step < this.cell.steps && this.#saving.due()) await this.#saving.save(step);
  }
}

/**
 * Takes a cell's steps from where its last checkpoint was to the cell's last step, and says where it goes on.
 *
 * @param saved All that the steps depend on.
 * @param stepsFrom The steps that follow after so many.
 * @throws Error when the checkpoint is of another run, or cannot be read.
 */
export async function playCell(
  cell: CellSteps,
  saved: Checkpointable,
  stepsFrom: (startAt: number) => Iterable<{ readonly step: number }>,
): Promise<void> {
  const run = new SavedCell(cell, saved);
  const startAt = await run.takeUp();
  if (startAt >= cell.steps) return;
  for (const { step } of stepsFrom(startAt)) {
    await run.saveIfDue(step);
    await cell.onProgress(step);
  }
}

/**
 * Trains a cell from where its last checkpoint was to the cell's last step, and says where it goes on.
 *
 * @throws Error when the checkpoint is of another run, or cannot be read.
 */
export async function trainCell<B>(
  cell: CellSteps,
  what: Step<B> | Schedule<B, Measures>,
  { batches, saved }: CellTraining<B>,
): Promise<void> {
  await playCell(cell, saved, (startAt) =>
    trainSteps(what, batches(startAt + 1), { steps: cell.steps - startAt, startAt }),
  );
}

/** How a detector is fitted in a cell: it tells of its steps, and goes on where it was. */
export function fitOptionsOf(cell: CellSteps): FitOptions {
  let run: SavedCell | undefined;
  return {
    onProgress: (share) => cell.onProgress(Math.round(share * cell.steps)),
    keeper: {
      takeUp: (parts) => (run = new SavedCell(cell, { ...parts, streams: {} })).takeUp(),
      taken: async (step) => run?.saveIfDue(step),
    },
  };
}
