/** What a folder of a person's own holds, by names in whatever encoding they are. */
import { readdir } from "node:fs/promises";
import path from "node:path";

/** One entry of a folder. */
export interface Entry {
  /** Its name as UTF-8, or as Latin-1 where it is not that. */
  readonly name: string;
  /** Its path as bytes: what a name in another encoding is found by. */
  readonly file: Buffer;
  readonly isFolder: boolean;
}

/** A folder within a folder that holds pictures. */
export interface SubFolder {
  /** Its path below the folder that was asked for. */
  readonly name: string;
  /** Files in it whose names say PNG or JPEG. */
  readonly pictures: number;
}

function readable(name: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(name);
  } catch {
    return name.toString("latin1");
  }
}

/** All entries but hidden ones, by name. Links to folders count as files: they lead out of the folder. */
async function list(folder: Buffer): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: "buffer" });
  return entries
    .map((entry) => ({
      name: readable(entry.name),
      file: Buffer.concat([folder, Buffer.from(path.sep), entry.name]),
      isFolder: entry.isDirectory(),
    }))
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The entries of a folder but hidden ones, by name.
 *
 * @throws Error when the folder cannot be read.
 */
export async function entriesOf(folder: string): Promise<Entry[]> {
  try {
    return await list(Buffer.from(folder));
  } catch (error) {
    throw new Error(`The folder ${folder} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Folders that are looked into, at most: enough to say where the pictures are. */
const MOST_FOLDERS = 200;

/** The folders below one that hold pictures by their names, at most 200 looked into, the nearest first. */
export async function picturesBelow(
  folder: string,
  entries: readonly Entry[],
): Promise<SubFolder[]> {
  const found: SubFolder[] = [];
  const ahead = entries.filter(({ isFolder }) => isFolder);
  for (let at = 0; at < Math.min(ahead.length, MOST_FOLDERS); at++) {
    const { file } = ahead[at]!;
    const inside = await list(file).catch(() => []); // one that may not be read holds nothing for us
    ahead.push(...inside.filter(({ isFolder }) => isFolder));
    const pictures = inside.filter((entry) => /\.(png|jpe?g|jfif)$/i.test(entry.name)).length;
    if (pictures > 0)
      found.push({ name: readable(file.subarray(Buffer.byteLength(folder) + 1)), pictures });
  }
  return found;
}
