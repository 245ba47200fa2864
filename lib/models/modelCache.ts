/** Networks that are trained once and kept in data/cache/models. */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { ganLibVersion } from "../backend/environment";
import { errorMessage } from "../backend/errorMessage";
import { backendName } from "../backend/load";
import type * as tf from "../backend/tf";
import type { ImageDataset } from "../data/ImageDataset";
import { cacheFolder } from "../data/sources";
import { hasCheckpoint, loadCheckpoint } from "../checkpoint/checkpoint";
import { clear, olderFormat } from "../checkpoint/folder";
import type { Json } from "../checkpoint/json";
import { saveCheckpoint, type Checkpointable } from "../checkpoint/save";
import { keeperIn, turnToTrain, type TrainingKeeper } from "./keptTraining";

/** A network and a note about it, such as its accuracy. */
export interface NotedModel<Note extends Json> {
  readonly model: tf.LayersModel;
  readonly note: Note;
}

/** Where networks are kept, and how their trainings are. */
export interface CachePlace {
  /** Where the folders are; default data/cache/models. */
  readonly folder?: string | undefined;
  /** The least seconds from save to save of a training; 0 saves after each step. Default 10. */
  readonly saveAfter?: number | undefined;
}

/** What {@link cachedModel} needs to know. */
export interface CachedModelOptions<Note extends Json> extends CachePlace {
  /** The beginning of the folder's name, for a person. */
  readonly name: string;
  /** Everything that the trained network depends on; the version of gan-lib and the backend are added. */
  readonly config: Json;
  /** Makes the untrained network, to be filled from the cache. */
  readonly build: () => tf.LayersModel;
  /** Trains, and lets itself be kept. */
  readonly train: (keeper: TrainingKeeper) => Promise<NotedModel<Note>>;
}

const SAVE_AFTER = 10;

/**
 * The network from the cache, or trained and put there. Of several processes that need it, one trains and the others wait for
 * it, which is said. A training that was stopped or killed goes on where it was saved, which is said too. Where the cache
 * holds a network that cannot be read, it is trained anew; where the cache cannot be written, the trained network is given all
 * the same; a warning says so.
 *
 * @returns The network, which the caller disposes, and its note.
 * @throws What `train` throws, and what an interrupt throws while it waits.
 */
export async function cachedModel<Note extends Json>(
  options: CachedModelOptions<Note>,
): Promise<NotedModel<Note>> {
  const folder = path.join(
    options.folder ?? path.join(cacheFolder(), "models"),
    `${options.name}-${keyOf(options.config)}`,
  );
  const found = await keptIn(folder, options).catch(() => undefined); // said when its turn has come
  if (found !== undefined) return found;
  const claim = await turnToTrain(folder, options.name);
  try {
    return (await wholeIn(folder, options)) ?? (await trainInto(folder, options));
  } finally {
    claim?.release();
  }
}

const partsOf = (model: tf.LayersModel): Checkpointable => ({
  models: { model },
  optimizers: {},
  streams: {},
});

/** The network that a folder holds, or undefined where there is none; throws where it cannot be read. */
async function keptIn<Note extends Json>(
  folder: string,
  { build }: CachedModelOptions<Note>,
): Promise<NotedModel<Note> | undefined> {
  if (!hasCheckpoint(folder) && olderFormat(folder) === undefined) return undefined;
  const model = build();
  try {
    const { extra } = await loadCheckpoint(folder, partsOf(model));
    return { model, note: extra as Note };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The network that a folder holds; undefined where there is none, and with a warning where it cannot be read. */
async function wholeIn<Note extends Json>(
  folder: string,
  options: CachedModelOptions<Note>,
): Promise<NotedModel<Note> | undefined> {
  try {
    return await keptIn(folder, options);
  } catch (error) {
    console.warn(
      `${options.name} is trained anew, since the cache has none that can be read. ${errorMessage(error)}`,
    );
    await clear(folder).catch(() => undefined); // the save will say
    return undefined;
  }
}

async function trainInto<Note extends Json>(
  folder: string,
  { name, train, saveAfter = SAVE_AFTER }: CachedModelOptions<Note>,
): Promise<NotedModel<Note>> {
  const unfinished = `${folder}.training`;
  const trained = await train(keeperIn(unfinished, name, saveAfter));
  try {
    const position = { step: 0, extra: trained.note };
    await saveCheckpoint(folder, partsOf(trained.model), position, { keep: 1 });
    await rm(unfinished, { recursive: true, force: true });
  } catch (error) {
    console.warn(
      `${name} was trained, and will be trained again next time: ${errorMessage(error)}`,
    );
  }
  return trained;
}

/** A short name for everything that a network depends on. */
function keyOf(config: Json): string {
  return createHash("sha256")
    .update(JSON.stringify({ config, version: ganLibVersion(), backend: backendName }))
    .digest("hex")
    .slice(0, 16);
}

/** A sum over the images and labels of a data set: it changes when the data does. */
export function fingerprint({ images, labels }: ImageDataset): string {
  return createHash("sha256").update(images).update(labels).digest("hex");
}
