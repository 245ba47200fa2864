/** What a lesson's run consists of, as a checkpoint wants it. */
import * as tf from "../backend/tf";
import { checkpointOf, restorableList } from "../checkpoint/kept";
import { canRestore, checkpointParts } from "../checkpoint/parts";
import type { Checkpointable, Restorable } from "../checkpoint/save";
import type { Game } from "../training/game";

/** A game of other networks, such as pix2pix's: its networks, optimizers and streams are kept by the names of their fields. */
export interface OtherGame {
  readonly generatorOptimizer: tf.Optimizer;
  readonly discriminatorOptimizer: tf.Optimizer;
}

/**
 * What a run can keep: a game, a network, an optimizer, what says where it stands (a random stream, batches, a live view, a
 * progress bar), or a list that grows with it.
 */
export type Keepable = Game | OtherGame | tf.LayersModel | tf.Optimizer | Restorable | unknown[];

/** What a run keeps, by its names. */
export type Kept = Readonly<Record<string, Keepable>>;

/** Whether a value is a game. */
export function isGame(value: object): value is Game {
  return ["generator", "discriminator", "objective", "random"].every((field) => field in value);
}

function partOf(name: string, value: Keepable): Partial<Checkpointable> {
  if (value instanceof tf.LayersModel) return { models: { [name]: value } };
  if (value instanceof tf.Optimizer) return { optimizers: { [name]: value } };
  if (Array.isArray(value)) return { streams: { [name]: restorableList(value) } };
  if (typeof value !== "object")
    throw new TypeError(`lesson.trainSteps: "${name}" is ${typeof value}, which cannot be kept.`);
  if (isGame(value)) return checkpointOf(value);
  if (canRestore(value)) return { streams: { [name]: value } };
  if ("generatorOptimizer" in value) return checkpointParts(value);
  throw new TypeError(
    `lesson.trainSteps: "${name}" cannot be kept. What can: a game, a network, an optimizer, a list, and what has state() and restore().`,
  );
}

/**
 * All that a run depends on.
 *
 * @throws TypeError naming what cannot be kept; Error when the batches cannot say where they stand, and no stream is kept.
 */
export function checkpointable(kept: Kept, batches: Iterator<unknown>): Checkpointable {
  const parts = Object.entries(kept).map(([name, value]) => partOf(name, value));
  const streams = Object.assign(
    {},
    ...parts.map((part) => part.streams),
  ) as Checkpointable["streams"];
  const drawsFrom = Object.keys(kept).some((name) => name in streams && !Array.isArray(kept[name]));
  if (!canRestore(batches) && !drawsFrom)
    throw new Error(
      "lesson.trainSteps: the batches cannot say where they stand. Make them by gan.batches or gan.drawnBatches, or keep the stream that they draw from.",
    );
  return {
    models: Object.assign({}, ...parts.map((part) => part.models)) as Checkpointable["models"],
    optimizers: Object.assign(
      {},
      ...parts.map((part) => part.optimizers),
    ) as Checkpointable["optimizers"],
    streams: canRestore(batches) ? { ...streams, batches } : streams,
  };
}
