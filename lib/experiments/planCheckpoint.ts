import { existsSync } from "node:fs";
import path from "node:path";
import { loadCheckpoint, type Checkpointable } from "../training/checkpoint";

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
