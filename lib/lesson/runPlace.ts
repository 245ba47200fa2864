/** Where a run of a lesson goes on: it is put back where it was saved, or starts afresh. */
import { rmSync } from "node:fs";
import path from "node:path";
import type { Checkpointable } from "../checkpoint/save";
import { takeUp } from "../checkpoint/selfSaving";
import { claimed, newFolder, removeRuns, savedRuns, whatDiffers, type RunNote } from "./savedRuns";
import { sayError } from "./words";

/** The folders of runs that came to their end in this process, and their names: run again, they start afresh. */
const ended = new Map<string, string>();
/** What is being written. */
const writing = new Set<Promise<void>>();

/** Remembers that a run has come to its end. */
export function hasEnded(folder: string, name: string): void {
  ended.set(folder, name);
}

/** Remembers what is being written, until it is. */
export function isWritten(saving: Promise<void>): void {
  const written: Promise<void> = saving.finally(() => writing.delete(written));
  writing.add(written);
}

/** Waits until all that was begun is saved. */
export async function runsWritten(): Promise<void> {
  await Promise.all(writing);
}

/** Removes what a lesson saved. */
export async function forgetRuns(lesson: string): Promise<void> {
  await runsWritten();
  removeRuns(lesson);
}

/** Where a run is saved, and how many of its steps were taken. */
export interface Place {
  readonly folder: string;
  readonly step: number;
}

/** A run that is to be put back. */
export interface Wanted {
  readonly run: Checkpointable;
  readonly note: RunNote;
  /** The number of its last step. */
  readonly last: number;
}

/** Puts a run back where it was saved, and says so; or says why it starts afresh where others of its name are there. */
export async function placeOf(lesson: string, name: string, wanted: Wanted): Promise<Place> {
  await forgetEnded(name);
  const afresh = { folder: newFolder(lesson, name), step: 0 };
  const found = await savedRuns(lesson, name);
  const same = found.find((one) => whatDiffers(one, wanted.note).length === 0);
  const folder = same && claimed(same, lesson, name);
  if (folder !== undefined) return (await putBack(folder, name, wanted)) ?? afresh;
  const [newest] = found;
  if (same === undefined && newest !== undefined) {
    const differs = whatDiffers(newest, wanted.note);
    const more = differs.length > 4 ? ` and ${differs.length - 4} more` : "";
    console.log(
      `${name} starts afresh, since this run is another than the saved one: ${differs.slice(0, 4).join(", ")}${more}. ` +
        `That one, after step ${newest.step}, stays until the lesson ends.`,
    );
  }
  return afresh;
}

async function forgetEnded(name: string): Promise<void> {
  await runsWritten();
  for (const [folder, other] of ended) {
    if (other !== name) continue;
    rmSync(folder, { recursive: true, force: true });
    ended.delete(folder);
  }
}

async function putBack(folder: string, name: string, wanted: Wanted): Promise<Place | undefined> {
  const { run, last } = wanted;
  try {
    const { step } = await takeUp(folder, run);
    const from = path.relative(process.cwd(), folder);
    if (step === last) {
      hasEnded(folder, name);
      console.log(
        `${name} is finished already: taken from ${from}. Run this cell again to train it anew.`,
      );
    } else if (step > 0)
      console.log(`${name} goes on after step ${step} of ${last}, from ${from}.`);
    return { folder, step };
  } catch (error) {
    console.log(`${name} starts afresh, since the saved run does not fit: ${sayError(error)}`);
    return undefined;
  }
}
