import * as tf from "../backend/tf";
import type { Checkpointable, Restorable } from "./save";

/** Whether a value says where it stands, and can be put back. */
export function canRestore(value: unknown): value is Restorable {
  return typeof value === "object" && value !== null && "state" in value && "restore" in value;
}

/**
 * All that a game of any networks depends on, by the names of its fields: its networks (pools of images among them),
 * its optimizers, and what can say where it stands, such as the random streams that its networks draw from. Other fields,
 * such as weights of losses, are left out.
 *
 * @param game For instance `{ generator, discriminator, generatorOptimizer, discriminatorOptimizer, noise }`.
 */
export function checkpointParts(game: object): Checkpointable {
  const fields = Object.entries(game) as [string, unknown][];
  const of = <Kind>(isKind: (value: unknown) => value is Kind): Record<string, Kind> =>
    Object.fromEntries(fields.filter((field): field is [string, Kind] => isKind(field[1])));
  return {
    models: of((value): value is tf.LayersModel => value instanceof tf.LayersModel),
    optimizers: of((value): value is tf.Optimizer => value instanceof tf.Optimizer),
    streams: of(canRestore),
  };
}
