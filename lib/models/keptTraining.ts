/** The training of a network that goes into the cache: by one process at a time, saved, and taken up again. */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { claimFile, sayHolder, type Claim } from "../backend/claim";
import { errorMessage } from "../backend/errorMessage";
import { codeOf, makeFolder } from "../backend/files";
import { clear } from "../checkpoint/folder";
import type { Checkpointable } from "../checkpoint/save";
import { SelfSaving, takeUp } from "../checkpoint/selfSaving";
import { throwIfStopped } from "../training/interrupt";

/** Keeps a training, so that it can go on where it was. */
export interface TrainingKeeper {
  /** Puts a run back where it was saved, says so, and returns how many steps were taken before. */
  takeUp(run: Checkpointable): Promise<number>;
  /** Told after each step but the last how many were taken. */
  taken(step: number): Promise<void>;
}

/** Milliseconds between two looks at whether another process is done. */
const LOOK_EVERY = 300;

/**
 * The right to make what stands in a folder of the cache. Waits while another process has it, and says whose it is.
 *
 * @param name What is made, for a person.
 * @returns The claim, or undefined where the cache cannot be written.
 * @throws What an interrupt throws while it waits.
 */
export async function turnToTrain(folder: string, name: string): Promise<Claim | undefined> {
  for (let isFirst = true; ; isFirst = false) {
    const claim = await claimOn(folder);
    if (claim === undefined || "release" in claim) return claim;
    if (isFirst)
      console.log(`${name} is being trained by ${sayHolder(claim)} already: waiting for that one.`);
    await wait(LOOK_EVERY);
    throwIfStopped();
  }
}

async function claimOn(folder: string): Promise<ReturnType<typeof claimFile> | undefined> {
  try {
    await makeFolder(path.dirname(folder));
    return claimFile(`${folder}.claim`);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined; // it cannot be written: each process trains for itself
  }
}

/**
 * Keeps a training in a folder of its own.
 *
 * @param name What is trained, for a person.
 * @param every The least seconds from save to save.
 */
export function keeperIn(folder: string, name: string, every: number): TrainingKeeper {
  let saving: SelfSaving | undefined;
  return {
    async takeUp(run) {
      saving = new SelfSaving({ folder, run, every });
      try {
        const { step } = await takeUp(folder, run);
        if (step > 0)
          console.log(
            `${name}: its training goes on after step ${step}, from ${path.relative(process.cwd(), folder)}.`,
          );
        return step;
      } catch (error) {
        console.warn(`${name} is trained from the beginning: ${errorMessage(error)}`);
        await clear(folder).catch(() => undefined); // the save will say
        return 0;
      }
    },
    async taken(step) {
      if (saving?.due() !== true) return;
      await saving.save(step).catch((error: unknown) => {
        console.warn(`${name}: its training goes on, but is not saved: ${errorMessage(error)}`);
        saving = undefined;
      });
    },
  };
}
