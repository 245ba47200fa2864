/** An optimizer in a checkpoint: moments, step count, and the running products that tf.js leaves out. */
import { isDeepStrictEqual } from "node:util";
import * as tf from "../backend/tf";
import { copyValues, toTensor, type NamedValues } from "./tensors";

/** What is written down about an optimizer besides its tensors. */
export interface OptimizerRecord {
  readonly className: string;
  readonly config: unknown;
}

/** What is written down about an optimizer besides its tensors. */
export function describeOptimizer(optimizer: tf.Optimizer): OptimizerRecord {
  return {
    className: optimizer.getClassName(),
    config: JSON.parse(JSON.stringify(optimizer.getConfig())) as unknown,
  };
}

/**
 * An optimizer's scalars that are fields of their own, such as Adam's running products beta^t. `setWeights` recomputes
 * those by `pow`, which differs from the product in the last bit, so a checkpoint keeps them.
 */
function ownVariables(optimizer: tf.Optimizer): [field: string, variable: tf.Variable][] {
  const fields: [string, unknown][] = Object.entries(optimizer);
  return fields.flatMap(([field, value]) =>
    value instanceof tf.Variable ? [[field, value] as [string, tf.Variable]] : [],
  );
}

/**
 * All tensors of an optimizer: step count and moments under `prefix`/slots, its own variables under `prefix`/own.
 *
 * @throws Error when tf.js cannot give them.
 */
export async function optimizerTensors(
  prefix: string,
  optimizer: tf.Optimizer,
): Promise<NamedValues[]> {
  const own = await Promise.all(
    ownVariables(optimizer).map(([field, variable]) =>
      copyValues(`${prefix}/own/${field}`, variable),
    ),
  );
  const slots = await optimizer.getWeights();
  const copies = await Promise.all(
    slots.map(({ name, tensor }) => copyValues(`${prefix}/slots/${name}`, tensor)),
  );
  // The first, the step count, is a fresh tensor; the others are the optimizer's own variables.
  slots[0]?.tensor.dispose();
  return [...own, ...copies];
}

/**
 * Checks that the optimizer is of the saved kind, and returns the function that restores its tensors.
 *
 * @throws Error naming the optimizer when its class or its settings are others.
 */
export function restoreOptimizer(
  name: string,
  optimizer: tf.Optimizer,
  saved: OptimizerRecord,
  tensors: readonly NamedValues[],
): () => Promise<void> {
  const here = describeOptimizer(optimizer);
  if (!isDeepStrictEqual(here, saved)) {
    const [got, wanted] = [here, saved].map(
      ({ className, config }) => `${className} ${JSON.stringify(config)}`,
    );
    throw new Error(
      `loadCheckpoint: the optimizer "${name}" is ${got}, the saved one ${wanted}. Make it as it was saved.`,
    );
  }
  const under = (kind: string): NamedValues[] =>
    tensors.filter((t) => t.name.startsWith(`optimizers/${name}/${kind}/`));
  return async () => {
    await setSlots(optimizer, under("slots"));
    for (const [field, variable] of ownVariables(optimizer)) {
      const values = tensors.find((t) => t.name === `optimizers/${name}/own/${field}`);
      if (values !== undefined) tf.tidy(() => variable.assign(toTensor(values)));
    }
  };
}

/** Restores step count and moments; `setWeights` makes new variables for them, so the old ones are disposed. */
async function setSlots(optimizer: tf.Optimizer, slots: readonly NamedValues[]): Promise<void> {
  const old = await optimizer.getWeights();
  const fresh = slots.map((slot) => ({
    name: slot.name.split("/slots/")[1] ?? slot.name,
    tensor: toTensor(slot),
  }));
  await optimizer.setWeights(fresh);
  tf.dispose(old.map(({ tensor }) => tensor));
  tf.dispose(fresh.map(({ tensor }) => tensor));
}
