/** A run that saves itself while it goes on. */
import { DamagedCheckpointError, hasCheckpoint, loadCheckpoint } from "./checkpoint";
import type { Json } from "./json";
import { saveCheckpoint, type Checkpointable } from "./save";

/** Where a run that was put back goes on. */
export interface TakenUp {
  /** How many steps were taken before; 0 where it begins. */
  readonly step: number;
  /** What was saved beside it; null where it begins. */
  readonly extra: Json;
}

/**
 * Puts a run back where its last checkpoint was saved, where there is one. Save with `saveCheckpoint(folder, run, { step })`.
 *
 * @param folder The run's folder.
 * @returns The beginning where no checkpoint was saved, and with a warning where none is whole.
 * @throws Error when the checkpoint is of another run, or cannot be read.
 */
export async function takeUp(folder: string, run: Checkpointable): Promise<TakenUp> {
  const beginning = { step: 0, extra: null };
  if (!hasCheckpoint(folder)) return beginning;
  try {
    return await loadCheckpoint(folder, run);
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    console.warn(`${error.message}\nThe steps are taken from the beginning.`);
    return beginning;
  }
}

/** Saving takes at most one part in this many of the time. */
const COST_DIVISOR = 50;

/** How a {@link SelfSaving} run is saved. */
export interface SelfSavingOptions {
  readonly folder: string;
  readonly run: Checkpointable;
  /** The least seconds from save to save; 0 saves after each step, whatever it costs. */
  readonly every: number;
}

/** Saves a run between its steps when it is time to: after so many seconds, and rarer where saving is slow. */
export class SelfSaving {
  #next: number;
  #isWriting = false;

  constructor(private readonly options: SelfSavingOptions) {
    this.#next = performance.now() + 1000 * options.every;
  }

  /** Whether it is time to save. */
  due(): boolean {
    return !this.#isWriting && performance.now() >= this.#next;
  }

  /**
   * Saves the run as it is when this is called: it may go on while the file is written.
   *
   * @param step How many steps were taken.
   * @param extra What is saved beside it.
   * @throws Error when it cannot be saved; what was saved before stays.
   */
  async save(step: number, extra: Json = null): Promise<void> {
    const { folder, run, every } = this.options;
    const start = performance.now();
    this.#isWriting = true;
    try {
      await saveCheckpoint(folder, run, { step, extra });
    } finally {
      const end = performance.now();
      const pause = every === 0 ? 0 : Math.max(1000 * every, (COST_DIVISOR - 1) * (end - start));
      this.#next = end + pause;
      this.#isWriting = false;
    }
  }
}
