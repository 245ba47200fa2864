/** Detectors in files: JSON that says what they are, with a sum over it, replaced at once. */
import { createHash } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DetectorKind } from "./detector";

/** What the file begins with, so that a detector is told from other JSON; counted up when the content changes. */
export const FORMAT = "gan-lib detector 2";

/** What follows the sum, and how long all of that is. */
const END = '"}\n';
const SUM_LENGTH = 64 + END.length;

/** SHA-256 of all that stands before the sum, hexadecimal. */
function sumOf(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}

/** A JSON object as text whose last entry, `sum`, is over every byte before it. */
function sealed(content: object): Buffer {
  const body = Buffer.from(`${JSON.stringify(content).slice(0, -1)},"sum":"`);
  return Buffer.concat([body, Buffer.from(`${sumOf(body)}${END}`)]);
}

/** Whether not one byte of a sealed text was changed. */
export function isSealed(text: Buffer): boolean {
  const body = text.subarray(0, -SUM_LENGTH);
  return text.subarray(-SUM_LENGTH).toString("latin1") === `${sumOf(body)}${END}`;
}

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
    await writeFile(beside, sealed({ format: FORMAT, kind, about, state }));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new Error(`The detector cannot be saved as ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
