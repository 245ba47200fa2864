/** Runs cells as processes of their own, a few at a time. */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { holderOf, type Holder } from "../../backend/claim";
import { CLAIMED } from "./cell";
import { watchSilence } from "./patience";
import type { CellResult } from "./result";

/** A cell that is to be computed. */
export interface Task {
  /** The name of its files. */
  readonly key: string;
  /** The cell in words. */
  readonly title: string;
  /** Where its result goes. */
  readonly file: string;
  /** Where what it prints goes. */
  readonly log: string;
  /** Beside its result: who computes it. */
  readonly claim: string;
  /** The cell as its process reads it. */
  readonly json: string;
  /** Its result; undefined where there is none. Throws what is wrong with one that is broken. */
  readonly result: () => CellResult | undefined;
}

/** Is told how the cells go on. */
export interface Listener {
  readonly started: (task: Task) => void;
  readonly stepped: (task: Task, step: number) => void;
  /** Nothing was heard of a cell for so many minutes; it is ended at the time-out. */
  readonly silent: (task: Task, minutes: number) => void;
  /** Another runner computes a cell. */
  readonly elsewhere: (task: Task, holder: Holder) => void;
  readonly finished: (task: Task, result: CellResult) => void;
  readonly failed: (task: Task, problem: string) => void;
}

/** How cells are run. */
export interface PoolOptions {
  /** How many at once. */
  readonly jobs: number;
  /** Program and arguments; the cell as JSON and the file for its result are added. */
  readonly command: readonly [string, ...string[]];
  /** Minutes without a step after which a cell is ended. */
  readonly timeout: number;
  /** Ends the cells that run, and starts no more. */
  readonly signal: AbortSignal;
  readonly listener: Listener;
}

/** How many lines of a failed cell's log are shown. */
const TAIL = 8;
/** Milliseconds that a process has for ending by itself. */
const GRACE = 5000;
/** How often it is seen whether another runner's cell is finished, in milliseconds. */
const LOOK_EVERY = 500;

/** The threads that each of several jobs may use, as TensorFlow and OpenMP read it. */
export function threadsOf(jobs: number, cores = availableParallelism()): Record<string, string> {
  const threads = String(Math.max(1, Math.floor(cores / jobs)));
  return {
    OMP_NUM_THREADS: threads,
    TF_NUM_INTRAOP_THREADS: threads,
    TF_NUM_INTEROP_THREADS: threads,
  };
}

/** Ends a process, whatever state it is in. */
function endProcess(child: ChildProcess): void {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
  child.once("close", () => clearTimeout(timer));
}

/** What begins the part of a log that is of one process. */
const LOG_BEGINS = "--- begun ";

function startProcess({ json, file, log }: Task, { command, jobs }: PoolOptions): ChildProcess {
  mkdirSync(path.dirname(log), { recursive: true });
  const output = openSync(log, "a"); // another process may be writing to it
  writeSync(output, `${LOG_BEGINS}${new Date().toISOString()}\n`);
  const [program, ...args] = command;
  const child = spawn(program, [...args, json, file], {
    env: { ...process.env, ...threadsOf(jobs) },
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  return child;
}

/** Waits for a process. Returns how it ended: undefined where it ended well, otherwise what went wrong, or that its cell is claimed. */
function ending(child: ChildProcess): Promise<string | typeof CLAIMED | undefined> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(`it did not start: ${error.message}`));
    child.on("close", (code, killer) => {
      if (code === 0) resolve(undefined);
      else if (code === CLAIMED) resolve(CLAIMED);
      else
        resolve(killer === null ? `it ended with the code ${code}` : `it was ended by ${killer}`);
    });
  });
}

function withLog(problem: string, { log }: Task): string {
  const text = readFileSync(log, "utf8");
  const [, ...own] = text.slice(text.lastIndexOf(LOG_BEGINS)).trimEnd().split("\n");
  return [problem, ...own.slice(-TAIL)].join("\n");
}

/** Runs a cell, and tells how it ended. Returns whether it is to be looked at again, since another process computes it. */
async function runTask(task: Task, options: PoolOptions): Promise<boolean> {
  const { signal, timeout, listener } = options;
  listener.started(task);
  const child = startProcess(task, options);
  const silenceEnded = { it: false };
  const silence = watchSilence({
    timeout,
    onSilent: (minutes) => listener.silent(task, minutes),
    onTimeout() {
      silenceEnded.it = true;
      endProcess(child);
    },
  });
  const stop = (): void => endProcess(child);
  signal.addEventListener("abort", stop);
  child.on("message", ({ step }: { step: number }) => {
    silence.heard();
    listener.stepped(task, step);
  });
  const end = await ending(child);
  silence.end();
  signal.removeEventListener("abort", stop);
  if (end === CLAIMED) return true;
  const problem = silenceEnded.it ? `it was ended after ${timeout} min without a step` : end;
  tellEnd(task, options, problem);
  return false;
}

/** Tells of a cell that ended by its result, or by what went wrong. */
function tellEnd(task: Task, { signal, listener }: PoolOptions, problem?: string): void {
  let [result, broken]: [CellResult | undefined, string] = [undefined, "it left no result"];
  try {
    result = task.result();
  } catch (error) {
    broken = `its result is broken: ${(error as Error).message}`;
  }
  if (result !== undefined) listener.finished(task, result);
  else if (!signal.aborted)
    listener.failed(task, withLog(problem ?? `it ended well, but ${broken}`, task));
}

/**
 * Runs each cell once. One that fails does not stop the others; one that another process computes is waited for, and run
 * where that process ended without a result.
 */
export async function runTasks(tasks: readonly Task[], options: PoolOptions): Promise<void> {
  const { jobs, signal, listener } = options;
  const waiting = [...tasks];
  const told = new Set<Task>();
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      if (signal.aborted) return;
      if (existingResult(task)) {
        tellEnd(task, options);
        continue;
      }
      const holder = holderOf(task.claim);
      if (holder !== undefined && !told.has(task)) listener.elsewhere(task, holder);
      if (holder !== undefined) told.add(task);
      if (holder !== undefined || (await runTask(task, options))) {
        waiting.push(task);
        if (waiting.every((left) => told.has(left)))
          await wait(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

function existingResult(task: Task): boolean {
  try {
    return task.result() !== undefined;
  } catch {
    return false; // its own process sets it aside
  }
}
