/** Networks that are trained once and kept in data/cache/models. */
import { createHash } from "node:crypto";
import path from "node:path";
import { ganLibVersion } from "../backend/environment";
import { backendName } from "../backend/load";
import type * as tf from "../backend/tf";
import type { ImageDataset } from "../data/ImageDataset";
import { cacheFolder } from "../data/sources";
import { hasCheckpoint, loadCheckpoint } from "../checkpoint/checkpoint";
import { clear, olderFormat } from "../checkpoint/folder";
import type { Json } from "../checkpoint/json";
import { saveCheckpoint, type Checkpointable } from "../checkpoint/save";

/** A network and a note about it, such as its accuracy. */
export interface NotedModel<Note extends Json> {
  readonly model: tf.LayersModel;
  readonly note: Note;
}

/** What {@link cachedModel} needs to know. */
export interface CachedModelOptions<Note extends Json> {
  /** The beginning of the folder's name, for a person. */
  readonly name: string;
  /** Everything that the trained network depends on; the version of gan-lib and the backend are added. */
  readonly config: Json;
  /** Where the folders are; default data/cache/models. */
  readonly folder?: string | undefined;
  /** Makes the untrained network, to be filled from the cache. */
  readonly build: () => tf.LayersModel;
  readonly train: () => Promise<NotedModel<Note>>;
}

/**
 * The network from the cache, or trained and put there. Where the cache holds a network that cannot be read, it is
 * trained anew; where the cache cannot be written, the trained network is given all the same; a warning says so. Two
 * processes that need the same network both train it.
 *
 * @returns The network, which the caller disposes, and its note.
 */
export async function cachedModel<Note extends Json>(
  options: CachedModelOptions<Note>,
): Promise<NotedModel<Note>> {
  const folder = path.join(
    options.folder ?? path.join(cacheFolder(), "models"),
    `${options.name}-${keyOf(options.config)}`,
  );
  const isKept = hasCheckpoint(folder) || olderFormat(folder) !== undefined;
  const cached = isKept ? await readCached(folder, options) : undefined;
  if (cached !== undefined) return cached;
  const trained = await options.train();
  try {
    const position = { step: 0, extra: trained.note };
    await saveCheckpoint(folder, partsOf(trained.model), position, { keep: 1 });
  } catch (error) {
    console.warn(
      `${options.name} was trained, and will be trained again next time: ${said(error)}`,
    );
  }
  return trained;
}

const partsOf = (model: tf.LayersModel): Checkpointable => ({
  models: { model },
  optimizers: {},
  streams: {},
});

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function readCached<Note extends Json>(
  folder: string,
  { name, build }: CachedModelOptions<Note>,
): Promise<NotedModel<Note> | undefined> {
  const model = build();
  try {
    const { extra } = await loadCheckpoint(folder, partsOf(model));
    return { model, note: extra as Note };
  } catch (error) {
    model.dispose();
    console.warn(
      `${name} is trained anew, since the cache has none that can be read. ${said(error)}`,
    );
    await clear(folder).catch(() => undefined); // the save will say
    return undefined;
  }
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
