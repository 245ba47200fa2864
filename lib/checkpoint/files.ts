/** The two files of a checkpoint, written so that one whole checkpoint is there at every moment. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";

/** Plain JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const FORMAT = "gan-lib checkpoint 1";
const MANIFEST = "manifest.json";

/** manifest.json: what was saved, and the sums of both files. */
interface Envelope {
  readonly format: string;
  readonly weights: { readonly file: string; readonly bytes: number; readonly sha256: string };
  readonly manifest: object;
  /** Of JSON.stringify(manifest). */
  readonly manifestSha256: string;
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * Writes a checkpoint beside the one that is there, puts it in its place, and removes the old tensors.
 *
 * @throws Error when the folder cannot be written.
 */
export async function writeCheckpoint(
  folder: string,
  manifest: object,
  weights: Buffer,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sum = sha256(weights);
  const file = `weights-${sum}.bin`;
  const envelope: Envelope = {
    format: FORMAT,
    weights: { file, bytes: weights.length, sha256: sum },
    manifest,
    manifestSha256: sha256(JSON.stringify(manifest)),
  };
  await writeWhole(path.join(folder, file), weights);
  await writeWhole(path.join(folder, MANIFEST), JSON.stringify(envelope, null, 1));
  const stale = (await readdir(folder)).filter(
    (name) => /^weights-.*\.bin(\.part)?$/.test(name) && name !== file,
  );
  for (const name of stale) await rm(path.join(folder, name), { force: true });
}

/** Writes beside, makes sure that it is on the disk, and renames. */
async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, "w");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}

/**
 * Reads a checkpoint and checks its sums.
 *
 * @throws Error naming the folder when there is none, when it has another format, or when a file is missing or broken.
 */
export async function readCheckpoint(folder: string): Promise<{ manifest: object; bytes: Buffer }> {
  if (!existsSync(path.join(folder, MANIFEST))) {
    throw new Error(
      `loadCheckpoint: there is no checkpoint in ${folder} (no ${MANIFEST}). Save one first, or give its folder.`,
    );
  }
  const text = await readFile(path.join(folder, MANIFEST), "utf8");
  const envelope = parseEnvelope(folder, text);
  const bytes = await readFile(path.join(folder, envelope.weights.file)).catch((error: unknown) => {
    throw broken(folder, `its tensors cannot be read (${String(error)})`);
  });
  if (sha256(bytes) !== envelope.weights.sha256) {
    throw broken(
      folder,
      `${envelope.weights.file} has ${bytes.length} bytes of ${envelope.weights.bytes}, or others than were saved`,
    );
  }
  return { manifest: envelope.manifest, bytes };
}

function parseEnvelope(folder: string, text: string): Envelope {
  let envelope: Envelope;
  try {
    envelope = JSON.parse(text) as Envelope;
  } catch (error) {
    throw broken(folder, `${MANIFEST} is not JSON (${String(error)})`);
  }
  if (envelope.format !== FORMAT) {
    throw new Error(
      `loadCheckpoint: ${folder} has the format "${envelope.format}"; this version of gan-lib reads "${FORMAT}".`,
    );
  }
  if (sha256(JSON.stringify(envelope.manifest)) !== envelope.manifestSha256) {
    throw broken(folder, `${MANIFEST} was changed after it was written`);
  }
  return envelope;
}

function broken(folder: string, what: string): Error {
  return new Error(
    `loadCheckpoint: the checkpoint in ${folder} is broken: ${what}. Delete the folder, or restore it from a copy.`,
  );
}
