/** Files that are whole or not there: unfinished ones have names of their own, which tell whose they are. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { errorMessage } from "./errorMessage";

/** Six hexadecimal digits that stand for this machine. */
const HOST = createHash("sha256").update(os.hostname()).digest("hex").slice(0, 6);
/** Tells this process from an earlier one with the same number. */
const STARTED = Math.round(performance.timeOrigin).toString(36);
const TAG = /\.([0-9a-f]{6})-(\d+)-([0-9a-z]+)-[0-9A-Za-z]+(?:\.part)?$/;
const DAY = 24 * 3600 * 1000;

const tag = (): string => `${HOST}-${process.pid}-${STARTED}`;

/** A name beside `file` for its unfinished self. */
export function unfinishedName(file: string): string {
  return `${ownName(file)}.part`;
}

/** A name beside `file` that tells that it is this process's, and no other's. */
export function ownName(file: string): string {
  return `${file}.${tag()}-${randomBytes(4).toString("hex")}`;
}

/** Whether a file or folder has a name that {@link ownName} gave in this process. */
export function isOwn(file: string): boolean {
  const [, host, pid, started] = TAG.exec(file) ?? [];
  return `${host ?? ""}-${pid ?? ""}-${started ?? ""}` === tag();
}

/** Whether a process of this machine runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * Whether what has this name was left by a process that is gone: one of this machine that no longer runs, or of
 * another machine and older than a day. False for names that neither {@link unfinishedName} nor {@link ownName} gave.
 */
export function isAbandoned(file: string): boolean {
  const [, host, pid, started] = TAG.exec(file) ?? [];
  if (pid === undefined) return false;
  if (host === HOST && Number(pid) === process.pid) return started !== STARTED;
  if (host === HOST && !isRunning(Number(pid))) return true;
  const { mtimeMs = Infinity } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return Date.now() - mtimeMs > DAY;
}

/** What processes that are gone left unfinished in a folder, among the names that begin so; paths. */
export function abandonedIn(folder: string, beginning: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(beginning))
    .map((name) => path.join(folder, name))
    .filter(isAbandoned);
}

/** An empty folder among the system's temporary ones; those that killed processes left are removed. */
export function temporaryFolder(name: string): string {
  const parent = os.tmpdir();
  for (const left of abandonedIn(parent, `${name}.`)) {
    rmSync(left, { recursive: true, force: true });
  }
  return mkdtempSync(path.join(parent, `${name}.${tag()}-`));
}

/** Makes sure that a folder's names are on the disk: after this, a rename in it survives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // it cannot open folders, and syncs renames by itself
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes sure that a file's bytes are on the disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder, those above it where they are missing, and makes sure that they are on the disk. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  const above = path.dirname(path.resolve(first));
  for (let made = path.resolve(folder); made !== above; made = path.dirname(made)) {
    await syncFolder(path.dirname(made));
  }
}

/**
 * Writes a file beside its place, makes sure that it is on the disk, and renames it to the name that is asked for then.
 * Nothing is left behind when that fails.
 *
 * @param part From {@link unfinishedName}.
 */
export async function writeWhole(
  part: string,
  content: Uint8Array,
  nameOf: () => string | Promise<string>,
): Promise<string> {
  try {
    const handle = await open(part, "wx");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const file = await nameOf();
    await rename(part, file);
    await syncFolder(path.dirname(file));
    return file;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined); // the first error says more
    throw error;
  }
}

/** The code of a system error, such as "ENOENT"; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space",
  EDQUOT: "your disk quota is used up. Free some space",
  EACCES: "this user may not write there. Change its permissions, or give another folder",
  EPERM: "this user may not write there. Change its permissions, or give another folder",
  EROFS: "it is on a read-only disk. Give another folder",
  ENOTDIR: "a part of its path is a file, not a folder. Give another folder",
  EEXIST: "there is a file of that name. Give another folder, or move the file away",
  EISDIR: "there is a folder of that name. Move it away",
  EMFILE: "too many files are open. Close other programs, or raise the limit (ulimit -n)",
  EIO: "the disk reports an error. Check it, and give a folder on another disk",
};

/** Whether an error is the file system's, of a kind that a person can mend. */
export function isWriteProblem(error: unknown): boolean {
  return Object.hasOwn(REASONS, codeOf(error) ?? "");
}

/** Why something could not be written, and what to do about it, in words. */
export function writeProblem(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : REASONS[code];
  if (known !== undefined) return `${known} (${code ?? ""})`;
  return errorMessage(error);
}
