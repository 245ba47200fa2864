/** Where the runs of lessons are saved: each process in folders of its own, which others take over when it is gone. */
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import path from "node:path";
import { codeOf, isAbandoned, isOwn, ownName } from "../backend/files";
import { glimpse, storedIn } from "../checkpoint/folder";
import { cacheFolder } from "../data/sources";
import { differences, type RunIdentity } from "./runIdentity";

/** What is saved beside a run. */
export interface RunNote {
  readonly identity: RunIdentity;
  /** The sum of the weights with which it began. */
  readonly began: string;
}

/** A run that was saved. */
export interface SavedRun {
  readonly folder: string;
  readonly note: RunNote;
  readonly step: number;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** The folder of a lesson's runs. */
export function runsFolder(lesson: string): string {
  return path.join(cacheFolder(), "runs", lesson);
}

const wordOf = (name: string): string => name.replace(/[^\w-]+/g, "-").slice(0, 60);

/** A new folder for a run, which is made when it is first saved. */
export function newFolder(lesson: string, name: string): string {
  return ownName(path.join(runsFolder(lesson), wordOf(name)));
}

/** The folders of a lesson that are this process's, or were left by one that is gone. */
function foldersOf(lesson: string): string[] {
  const parent = runsFolder(lesson);
  const names = existsSync(parent) ? readdirSync(parent) : [];
  return names
    .map((name) => path.join(parent, name))
    .filter((folder) => isOwn(folder) || isAbandoned(folder));
}

/** What was saved of the run of a name, by this process or by one that is gone; the last saved first. */
export async function savedRuns(lesson: string, name: string): Promise<SavedRun[]> {
  const beginning = `${wordOf(name)}.`;
  const folders = foldersOf(lesson).filter((one) => path.basename(one).startsWith(beginning));
  const runs = (await Promise.all(folders.map(readNote))).filter((run) => run !== undefined);
  return runs.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
}

async function readNote(folder: string): Promise<SavedRun | undefined> {
  for (const stored of storedIn(folder)) {
    const manifest = await glimpse(stored);
    if (manifest === undefined) continue;
    const { step, savedAt, extra } = manifest;
    return { folder, step, savedAt, note: extra as unknown as RunNote };
  }
  return undefined;
}

/** Takes a folder over; undefined where another process was faster. */
export function claimed({ folder }: SavedRun, lesson: string, name: string): string | undefined {
  if (isOwn(folder)) return folder;
  const own = newFolder(lesson, name);
  try {
    renameSync(folder, own);
    return own;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * What a saved run has otherwise, in words; empty where it is this one. The weights count only in another process: in this
 * one, a game that was stopped may stand anywhere.
 */
export function whatDiffers({ folder, note }: SavedRun, now: RunNote): string[] {
  const differs = differences(now.identity, note.identity);
  if (differs.length > 0 || isOwn(folder) || note.began === now.began) return differs;
  return ["the weights that it begins with"];
}

/** Removes what a lesson saved: of this process, and of those that are gone. */
export function removeRuns(lesson: string): void {
  for (const folder of foldersOf(lesson)) rmSync(folder, { recursive: true, force: true });
  const parent = runsFolder(lesson);
  if (existsSync(parent) && readdirSync(parent).length === 0) rmdirSync(parent);
}
