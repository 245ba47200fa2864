/**
 * Checkpoints: everything a run depends on, in one folder, so that it goes on bit for bit where it was.
 *
 * The folder holds `manifest.json` and the file of tensors that it names, `weights-<SHA-256>.bin`: each tensor's
 * bytes as they lie in memory (little-endian float32 or int32), one after the other. The manifest is replaced by a
 * rename, and that is the moment at which the new checkpoint takes the place of the old one.
 */
import type * as tf from "../backend/tf";
import { readCheckpoint, writeCheckpoint, type Json } from "./files";
import { describeModel, modelTensors, restoreModel, type ModelRecord } from "./model";
import {
  describeOptimizer,
  optimizerTensors,
  restoreOptimizer,
  type OptimizerRecord,
} from "./optimizer";
import { packTensors, unpackTensors, type NamedValues, type TensorRecord } from "./tensors";

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

/** Where a run stands. */
export interface CheckpointPosition {
  /** How many steps were taken. */
  readonly step: number;
  /** Anything else that is plain JSON; null when nothing was given. */
  readonly extra: Json;
}

interface Manifest {
  readonly step: number;
  readonly extra: Json;
  readonly models: Record<string, ModelRecord>;
  readonly optimizers: Record<string, OptimizerRecord>;
  readonly streams: Record<string, unknown>;
  readonly tensors: readonly TensorRecord[];
}

/**
 * Saves a run: weights of the networks, moments and step counts of the optimizers, streams, step.
 *
 * An older checkpoint in the folder stays whole until the new one is complete, also when the process is killed.
 *
 * @param folder Made when it is not there. It must hold nothing but checkpoints of this run.
 * @throws Error when an optimizer cannot be saved (tf.js's Adamax cannot) or the folder cannot be written.
 */
export async function saveCheckpoint(
  folder: string,
  run: Checkpointable,
  position: { readonly step: number; readonly extra?: Json },
): Promise<void> {
  const values: NamedValues[] = [];
  for (const [name, model] of Object.entries(run.models))
    values.push(...(await modelTensors(`models/${name}`, model)));
  for (const [name, optimizer] of Object.entries(run.optimizers)) {
    values.push(...(await optimizerTensors(`optimizers/${name}`, optimizer)));
  }
  const { records, bytes } = packTensors(values);
  const manifest: Manifest = {
    step: position.step,
    extra: position.extra ?? null,
    models: mapValues(run.models, describeModel),
    optimizers: mapValues(run.optimizers, describeOptimizer),
    streams: mapValues(run.streams, (stream) => stream.state()),
    tensors: records,
  };
  await writeCheckpoint(folder, manifest, bytes);
}

/**
 * Puts a run back where the checkpoint was saved, and returns its step and extra.
 *
 * Everything is checked before anything is changed; the run's optimizers need not have taken a step.
 *
 * @throws Error when there is no checkpoint, when a file of it is broken, or when the run has other networks,
 *   optimizers or streams than the one that was saved.
 */
export async function loadCheckpoint(
  folder: string,
  run: Checkpointable,
): Promise<CheckpointPosition> {
  const { manifest: saved, bytes } = await readCheckpoint(folder);
  const manifest = saved as Manifest; // its sum is that of one which saveCheckpoint wrote
  for (const kind of ["models", "optimizers", "streams"] as const)
    checkNames(folder, kind, run[kind], manifest[kind]);
  const tensors = unpackTensors(manifest.tensors, bytes);
  const restoreModels = Object.entries(run.models).map(([name, model]) =>
    restoreModel(
      name,
      model,
      manifest.models[name] as ModelRecord,
      below(tensors, `models/${name}`),
    ),
  );
  const restoreOptimizers = Object.entries(run.optimizers).map(([name, optimizer]) =>
    restoreOptimizer(
      name,
      optimizer,
      manifest.optimizers[name] as OptimizerRecord,
      below(tensors, `optimizers/${name}`),
    ),
  );
  for (const [name, stream] of Object.entries(run.streams)) stream.restore(manifest.streams[name]);
  for (const restore of restoreModels) restore();
  for (const restore of restoreOptimizers) await restore();
  return { step: manifest.step, extra: manifest.extra };
}

function checkNames(folder: string, kind: string, run: object, saved: object): void {
  const [got, wanted] = [run, saved].map((names) => Object.keys(names).sort().join(", ") || "none");
  if (got !== wanted) {
    throw new Error(
      `loadCheckpoint: ${folder} was saved with the ${kind} ${wanted}, the run has ${got}. Name them alike.`,
    );
  }
}

/** The tensors whose names begin with the prefix, in their order. */
function below(tensors: readonly NamedValues[], prefix: string): NamedValues[] {
  return tensors.filter(({ name }) => name.startsWith(`${prefix}/`));
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
