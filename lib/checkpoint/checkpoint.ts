/** Checkpoints: everything a run depends on, in a file, so that it goes on bit for bit where it was. */
import { errorMessage } from "../backend/errorMessage";
import { codeOf } from "../backend/files";
import { firstWhole, olderFormat, storedIn, type Found } from "./folder";
import type { Json } from "./json";
import { byScore } from "./keep";
import { restoreModel, variableNames } from "./model";
import { restoreOptimizer } from "./optimizer";
import { DamagedFileError } from "./safetensors";
import type { Checkpointable } from "./save";
import { SavedTensors } from "./tensors";

/** Where a run stands. */
export interface CheckpointPosition {
  /** How many steps were taken. */
  readonly step: number;
  /** Anything else that was saved; null when nothing was. */
  readonly extra: Json;
}

/** Options of {@link loadCheckpoint}. */
export interface LoadOptions {
  /** The names of the networks, optimizers and streams to load; the others are neither looked at nor changed. Default: all. */
  readonly only?: readonly string[];
  /** "newest", the default, or "best": the one that was saved with the highest score. */
  readonly which?: "newest" | "best";
}

/** What {@link loadCheckpoint} throws when files are there, and none of them is whole. */
export class DamagedCheckpointError extends Error {
  override readonly name = "DamagedCheckpointError";
}

/** Whether there is a checkpoint in a folder that this version of gan-lib can read. */
export function hasCheckpoint(folder: string): boolean {
  return storedIn(folder).length > 0;
}

/**
 * Puts a run back where a checkpoint was saved, and returns its step and extra.
 *
 * Everything is checked before anything is changed; the run's optimizers need not have taken a step. They get the saved
 * learning rates, which may have changed during the run; set others after loading. Where the newest checkpoint is
 * damaged, the one before it is loaded, and a warning says so.
 *
 * @throws DamagedCheckpointError when all files are damaged; Error when there is no checkpoint, when it cannot be read,
 *   or when the run has other networks, optimizers or streams than the one that was saved.
 */
export async function loadCheckpoint(
  folder: string,
  run: Checkpointable,
  { only, which = "newest" }: LoadOptions = {},
): Promise<CheckpointPosition> {
  const found = await find(folder, which);
  const part = only === undefined ? run : partOf(run, only);
  checkNames(folder, part, found, only !== undefined);
  restore(part, found);
  const { step, extra } = found.manifest;
  if (found.damaged.length > 0) {
    console.warn(
      `loadCheckpoint: damaged, and passed over: ${found.damaged.join("; ")}. ` +
        `Loaded is ${found.file}, of step ${step}.`,
    );
  }
  return { step, extra };
}

async function find(folder: string, which: "newest" | "best"): Promise<Found> {
  let found: Found | undefined;
  try {
    found = await firstWhole(folder, which === "best" ? byScore : async (files) => files);
  } catch (error) {
    if (error instanceof DamagedFileError) {
      throw new DamagedCheckpointError(
        `loadCheckpoint: no checkpoint in ${folder} is whole:\n${error.message}\nDelete the folder, or restore it from a copy.`,
      );
    }
    const denied = ["EACCES", "EPERM"].includes(codeOf(error) ?? "");
    throw new Error(
      `loadCheckpoint: ${folder} cannot be read: ${errorMessage(error)}.` +
        (denied ? " Change its permissions." : ""),
      { cause: error },
    );
  }
  if (found !== undefined) return found;
  const older = olderFormat(folder);
  if (older !== undefined) {
    throw new Error(
      `loadCheckpoint: the checkpoint in ${folder} has the older format "${older}", which this version of gan-lib does not read. ` +
        "Train the model anew; then delete its manifest.json and weights-*.bin.",
    );
  }
  throw new Error(
    which === "best" && hasCheckpoint(folder)
      ? `loadCheckpoint: no checkpoint in ${folder} was saved with a score. Load the newest, or save with { score }.`
      : `loadCheckpoint: there is no checkpoint in ${folder}. Save one first, or give its folder.`,
  );
}

const KINDS = ["models", "optimizers", "streams"] as const;

/** What of a run has one of the names. */
function partOf(run: Checkpointable, only: readonly string[]): Checkpointable {
  const unknown = only.find((name) => KINDS.every((kind) => !Object.hasOwn(run[kind], name)));
  if (unknown !== undefined || only.length === 0) {
    const names = new Set(KINDS.flatMap((kind) => Object.keys(run[kind])));
    throw new Error(
      `loadCheckpoint: only names ${unknown === undefined ? "nothing" : `"${unknown}"`}; the run has ${[...names].join(", ")}.`,
    );
  }
  const named = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => only.includes(name)));
  return {
    models: named(run.models),
    optimizers: named(run.optimizers),
    streams: named(run.streams),
  };
}

/** A run must have all that was saved, and a part of one nothing else. */
function checkNames(
  folder: string,
  run: Checkpointable,
  { manifest }: Found,
  isPart: boolean,
): void {
  for (const kind of KINDS) {
    const [got, saved] = [Object.keys(run[kind]).sort(), Object.keys(manifest[kind]).sort()];
    const fits = isPart ? got.every((name) => saved.includes(name)) : got.join() === saved.join();
    if (fits) continue;
    const list = (names: string[]): string => names.join(", ") || "none";
    throw new Error(
      `loadCheckpoint: ${folder} was saved with the ${kind} ${list(saved)}, the run has ${list(got)}. Name them alike` +
        (isPart ? "." : ", or load a part: { only: [names] }."),
    );
  }
}

function restore(run: Checkpointable, { manifest, tensors: list }: Found): void {
  const tensors = new SavedTensors(list);
  const variables = new Map<string, string>();
  const steps: (() => void)[] = [];
  for (const [name, model] of Object.entries(run.models)) {
    const record = manifest.models[name]!;
    steps.push(restoreModel(name, model, record, tensors));
    const today = variableNames(model);
    record.weights.forEach(({ variable }, i) => variables.set(variable, today[i]!));
  }
  for (const [name, optimizer] of Object.entries(run.optimizers)) {
    const record = manifest.optimizers[name]!;
    steps.push(restoreOptimizer(name, optimizer, record, tensors, variables));
  }
  restoreStreams(run.streams, manifest.streams);
  for (const step of steps) step();
}

/** A stream tells only by its `restore` that it is another: those that were moved before go back then. */
function restoreStreams(
  streams: Checkpointable["streams"],
  saved: Readonly<Record<string, unknown>>,
): void {
  const moved: (() => void)[] = [];
  try {
    for (const [name, stream] of Object.entries(streams)) {
      const before = stream.state();
      moved.push(() => stream.restore(before));
      stream.restore(saved[name]);
    }
  } catch (error) {
    for (const back of moved) back();
    throw error;
  }
}
