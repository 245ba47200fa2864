/** Detectors in files: JSON that says what they are, replaced at once. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DetectorKind } from "./detector";

/** What the file begins with, so that a detector is told from other JSON; counted up when the content changes. */
export const FORMAT = "gan-lib detector 1";

/**
 * Writes a detector beside the file first and then renames it, so that nobody reads half of it.
 *
 * @param state What the kind needs to be made again; undefined before it is fitted.
 * @throws Error when there is no state, or the file cannot be written.
 */
export async function writeDetector(
  file: string,
  kind: DetectorKind,
  state: object | undefined,
  about: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (state === undefined)
    throw new Error(
      `${kind} detector: it is not fitted yet, so there is nothing to save. Call fit(images, labels) first.`,
    );
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(beside, `${JSON.stringify({ format: FORMAT, kind, about, state })}\n`);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new Error(`The detector cannot be saved as ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
