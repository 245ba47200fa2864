/** What decides a game's steps in JavaScript, by which graphs are made anew. */
import * as tf from "../backend/tf";

const isOpaque = (value: unknown): boolean =>
  typeof value !== "object" || value instanceof tf.LayersModel || value instanceof tf.Optimizer;

/** All fields of a game and of its parts, such as the objective, and which layers of its networks are trained. */
export function decisionsOf(game: object): unknown[] {
  const fields = (Object.values(game) as unknown[]).flat();
  const within = fields
    .filter((field) => !isOpaque(field))
    .flatMap((part) => Object.values(part ?? {}) as unknown[]);
  return [...fields, ...within.flat(), ...networksOf(game).flatMap(trainabilityOf)];
}

/** The networks among a game's fields. */
function networksOf(game: object): tf.LayersModel[] {
  return Object.values(game).filter((field) => field instanceof tf.LayersModel);
}

function trainabilityOf(layer: tf.layers.Layer): boolean[] {
  const inner = (layer as Partial<tf.LayersModel>).layers ?? [];
  return [layer.trainable, ...inner.flatMap(trainabilityOf)];
}
