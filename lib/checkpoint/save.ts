/** Saving a run, and which of its checkpoints are kept. */
import type * as tf from "../backend/tf";
import { writeProblem } from "../backend/files";
import { glimpse, store, storedIn } from "./folder";
import { prune } from "./keep";
import { notJson, type Json } from "./json";
import { inWords, isOther, thisProcess, written, type Manifest } from "./manifest";
import { describeModel, modelTensors, sameLayers } from "./model";
import { describeOptimizer, optimizerTensors } from "./optimizer";
import { encodeSafetensors, type NamedValues } from "./safetensors";

/** Something that can say where it stands, as plain JSON, and be put back: a random stream, a batch iterator. */
export interface Restorable {
  state(): unknown;
  restore(state: unknown): void;
}

/** What a run is made of. The names are the caller's, and are the same for saving and for loading. */
export interface Checkpointable {
  readonly models: Readonly<Record<string, tf.LayersModel>>;
  readonly optimizers: Readonly<Record<string, tf.Optimizer>>;
  readonly streams: Readonly<Record<string, Restorable>>;
}

/** Where a run stands when it is saved. */
export interface SavePosition {
  /** How many steps were taken: a whole number of at least 0. */
  readonly step: number;
  /** Anything else that is plain JSON. */
  readonly extra?: Json;
  /** How good the run is here; more is better. The checkpoint with the highest score is kept beside the last ones. */
  readonly score?: number;
}

/** Options of {@link saveCheckpoint}. */
export interface SaveOptions {
  /** How many of the last checkpoints the folder keeps, at least 1; default 2, so that one may be damaged. */
  readonly keep?: number;
}

const KEEP = 2;

/**
 * Saves a run: weights of the networks, moments and update counts of the optimizers, streams, step.
 *
 * A checkpoint is one file of the safetensors format, which PyTorch and NumPy open too; what is no tensor is JSON under
 * `manifest` in its header. It has its place in the folder only when it is whole and on the disk: a kill or a power cut
 * leaves the one before it, and several processes may save into one folder and read from it. What is saved is the run as
 * it is when this is called: it may go on while the file is written.
 *
 * @param folder Made when it is not there. It holds the checkpoints of this run alone.
 * @throws Error when a number of the run is not finite, when the folder holds the checkpoints of other networks, or
 *   when it cannot be written; the checkpoints that are there stay then.
 */
export async function saveCheckpoint(
  folder: string,
  run: Checkpointable,
  position: SavePosition,
  { keep = KEEP }: SaveOptions = {},
): Promise<void> {
  checkNumbers(position, keep);
  const tensors = tensorsOf(run);
  const manifest = manifestOf(run, position);
  try {
    await checkOwner(folder, manifest);
    await store(folder, position.step, encodeSafetensors(tensors, written(manifest)));
    await prune(folder, keep);
  } catch (error) {
    throw new Error(
      `saveCheckpoint: step ${position.step} is not saved to ${folder}: ${writeProblem(error)}. ` +
        "Checkpoints that are there stay as they are.",
      { cause: error },
    );
  }
}

function checkNumbers({ step, score = 0 }: SavePosition, keep: number): void {
  const wrong = (what: string, got: number): RangeError =>
    new RangeError(`saveCheckpoint: ${what}, got ${got}.`);
  if (!Number.isSafeInteger(step) || step < 0)
    throw wrong("step must be a whole number of at least 0", step);
  if (!Number.isInteger(keep) || keep < 1)
    throw wrong("keep must be a whole number of at least 1", keep);
  if (!Number.isFinite(score)) throw wrong("score must be a finite number", score);
}

function tensorsOf(run: Checkpointable): NamedValues[] {
  const models = Object.entries(run.models).map(([name, model]) => modelTensors(name, model));
  const optimizers = Object.entries(run.optimizers).map(([name, optimizer]) =>
    optimizerTensors(name, optimizer),
  );
  return [...models, ...optimizers].flat();
}

function manifestOf(run: Checkpointable, { step, extra = null, score }: SavePosition): Manifest {
  const streams = mapped(run.streams, (_, stream) => stream.state());
  const wrong = notJson({ extra, streams });
  if (wrong !== undefined) {
    throw new Error(
      `saveCheckpoint: ${wrong.slice(1)}; what is saved beside the tensors must be plain JSON with finite numbers.`,
    );
  }
  return {
    step,
    extra,
    score: score ?? null,
    savedAt: new Date().toISOString(),
    writer: thisProcess,
    models: mapped(run.models, describeModel),
    optimizers: mapped(run.optimizers, describeOptimizer),
    streams,
  };
}

const saidOf = new Set<string>();

/** Refuses a folder that holds another run's checkpoints, and says so when another process saves this one there as well. */
async function checkOwner(folder: string, { models }: Manifest): Promise<void> {
  const [newest] = storedIn(folder);
  const found = newest && (await glimpse(newest));
  if (found === undefined) return;
  const writer = inWords(found.writer);
  const names = Object.keys(models);
  const same =
    names.sort().join() === Object.keys(found.models).sort().join() &&
    names.every((name) => sameLayers(models[name]!, found.models[name]!));
  if (!same) {
    throw new Error(
      `it holds the checkpoints of another run with other networks (step ${found.step}, saved at ${found.savedAt} by ${writer}). ` +
        "Give this run a folder of its own, or delete that one",
    );
  }
  if (!isOther(found.writer) || saidOf.has(folder + writer)) return;
  saidOf.add(folder + writer);
  console.warn(
    `saveCheckpoint: another process saves into ${folder} as well: ${writer}. ` +
      "Whoever loads gets what was saved last. Give each run a folder of its own.",
  );
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  map: (key: string, value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]));
}
