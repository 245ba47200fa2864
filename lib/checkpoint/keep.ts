/** Which checkpoints of a folder are kept. */
import { glimpse, removeAll, storedIn, type StoredFile } from "./folder";

/** Keeps the last checkpoints, and of those with a score the one with the highest. */
export async function prune(folder: string, keep: number): Promise<void> {
  const older = storedIn(folder);
  if (older.length <= keep) return;
  const best = (await byScore(older))[0];
  await removeAll(older.slice(keep).filter(({ file }) => file !== best?.file));
}

/** Those of the checkpoints that have a score, the highest first, and of equal ones the last saved. */
export async function byScore(files: readonly StoredFile[]): Promise<StoredFile[]> {
  const scored = [];
  for (const stored of files) {
    const score = (await glimpse(stored))?.score ?? undefined;
    if (score !== undefined) scored.push({ stored, score });
  }
  return scored.sort((a, b) => b.score - a.score).map(({ stored }) => stored);
}
