/**
 * A folder of checkpoints. Each is one file, which appears under its name when it is whole and on the disk, and is
 * never changed afterwards: so readers and any number of writers need no lock.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { abandonedIn, codeOf, makeFolder, unfinishedName, writeWhole } from "../backend/files";
import { manifestIn, type Manifest } from "./manifest";
import {
  DamagedFileError,
  decodeSafetensors,
  headerLength,
  metadataOf,
  type NamedValues,
} from "./safetensors";

/** `checkpoint-<number of the save>-step-<step>-<random>.safetensors` */
const NAME = /^checkpoint-(\d+)-step-(\d+)-[0-9a-f]+\.safetensors$/;
const BEGINNING = "checkpoint-";
const OLDER_MANIFEST = "manifest.json";
const OLDER_FILES = /^(manifest\.json|weights-[0-9a-f]{64}\.bin)(\.part)?$/;

/** A checkpoint by its file. */
export interface StoredFile {
  readonly file: string;
  readonly number: number;
  readonly step: number;
}

/** The checkpoints of a folder, the last saved first; none where there is no folder. */
export function storedIn(folder: string): StoredFile[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .flatMap((name) => {
      const [, number, step] = NAME.exec(name) ?? [];
      return number === undefined
        ? []
        : [{ file: path.join(folder, name), number: Number(number), step: Number(step) }];
    })
    .sort((a, b) => b.number - a.number || b.step - a.step || (a.file < b.file ? 1 : -1));
}

/** The format of the checkpoint that an older gan-lib left in a folder; undefined where there is none. */
export function olderFormat(folder: string): string | undefined {
  try {
    const text = readFileSync(path.join(folder, OLDER_MANIFEST), "utf8");
    return (JSON.parse(text) as { format?: string }).format;
  } catch {
    return undefined;
  }
}

/** Writes a checkpoint as the newest of its folder, and returns its file. */
export async function store(folder: string, step: number, content: Uint8Array): Promise<string> {
  await makeFolder(folder);
  for (const left of abandonedIn(folder, BEGINNING)) await rm(left, { force: true });
  const part = unfinishedName(path.join(folder, BEGINNING));
  return writeWhole(part, content, () => {
    const number = String(1 + (storedIn(folder)[0]?.number ?? 0)).padStart(6, "0");
    const random = randomBytes(3).toString("hex");
    return path.join(folder, `${BEGINNING}${number}-step-${step}-${random}.safetensors`);
  });
}

/** What a file says, read without its tensors; undefined where it is damaged, or gone meanwhile. */
export async function glimpse({ file }: StoredFile): Promise<Manifest | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const first = Buffer.alloc(8);
      await handle.read(first, 0, 8, 0);
      const length = Math.min(headerLength(first), (await handle.stat()).size);
      const header = Buffer.alloc(length);
      await handle.read(header, 0, length, 8);
      return manifestIn(metadataOf(header.toString("utf8")));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DamagedFileError || codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** A checkpoint that was read, and what was found on the way to it. */
export interface Found {
  readonly file: string;
  readonly manifest: Manifest;
  readonly tensors: readonly NamedValues[];
  /** The files before it that are damaged, each with what is wrong. */
  readonly damaged: readonly string[];
}

/** How often files may vanish while a folder is read: a writer that keeps two takes their place each time. */
const LOOKS = 1000;

/**
 * The first whole one of a folder's checkpoints, in the order that `inOrder` gives them; undefined where there are none.
 * Where a file vanishes, because a writer has put newer ones into its place, the folder is looked at again.
 *
 * @throws DamagedFileError listing the files when all are damaged; a system error when one cannot be read.
 */
export async function firstWhole(
  folder: string,
  inOrder: (files: StoredFile[]) => Promise<StoredFile[]>,
): Promise<Found | undefined> {
  for (let look = 1; ; look++) {
    try {
      return await firstWholeOf(await inOrder(storedIn(folder)));
    } catch (error) {
      if (codeOf(error) !== "ENOENT" || look === LOOKS) throw error;
    }
  }
}

async function firstWholeOf(files: readonly StoredFile[]): Promise<Found | undefined> {
  const damaged: string[] = [];
  for (const { file } of files) {
    try {
      const { tensors, metadata } = decodeSafetensors(await readFile(file));
      return { file, manifest: manifestIn(metadata), tensors, damaged };
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      damaged.push(`${file}: ${error.message}`);
    }
  }
  if (damaged.length === 0) return undefined;
  throw new DamagedFileError(damaged.join("\n"));
}

/** Removes checkpoints. That one is in use, or gone already, is no failure: the next save tries again. */
export async function removeAll(files: readonly StoredFile[]): Promise<void> {
  for (const { file } of files) await rm(file, { force: true }).catch(() => undefined);
}

/** Removes every checkpoint of a folder, those of older formats too. */
export async function clear(folder: string): Promise<void> {
  await removeAll(storedIn(folder));
  const older = readdirSync(folder).filter((name) => OLDER_FILES.test(name));
  for (const name of older) await rm(path.join(folder, name), { force: true });
}
