/**
 * An optimizer in a checkpoint: its settings, its count of updates, and every variable that it keeps. These are read
 * and set as fields: tf.js's own `setWeights` recomputes Adam's running products by `pow`, which differs in the last
 * bit, and knows no Adamax.
 */
import { isDeepStrictEqual } from "node:util";
import * as tf from "../backend/tf";
import type { NamedValues } from "./safetensors";
import { copyValues, toTensor, type SavedTensors } from "./tensors";

/** One slot, such as a weight's first moment: the name that tf.js gave it, and the tensor of the file that holds it. */
interface SlotRecord {
  readonly name: string;
  readonly tensor: string;
}

type Config = Readonly<Record<string, unknown>>;

/** What is written down about an optimizer besides the values of its tensors. */
export interface OptimizerRecord {
  readonly className: string;
  readonly config: Config;
  readonly iterations: number;
  /** The tensors of variables that are fields of their own, such as Adam's running products of beta. */
  readonly scalars: Readonly<Record<string, string>>;
  /** The slots of each field that lists them, in the order of the weights. */
  readonly slots: Readonly<Record<string, readonly SlotRecord[]>>;
}

/** As tf.js keeps it. */
interface Slot {
  originalName: string;
  variable: tf.Variable;
}

type Fields = Record<string, unknown> & { iterations_?: number };

const fieldsOf = (optimizer: tf.Optimizer): Fields => optimizer as unknown as Fields;

function scalarsOf(optimizer: tf.Optimizer): [field: string, variable: tf.Variable][] {
  return Object.entries(fieldsOf(optimizer)).flatMap(([field, value]) =>
    value instanceof tf.Variable ? [[field, value] as [string, tf.Variable]] : [],
  );
}

function slotsOf(optimizer: tf.Optimizer): [field: string, slots: Slot[]][] {
  return Object.entries(fieldsOf(optimizer)).flatMap(([field, value]) =>
    Array.isArray(value) ? [[field, value as Slot[]] as [string, Slot[]]] : [],
  );
}

const scalarTensor = (name: string, field: string): string => `optimizers/${name}/scalars/${field}`;
const slotTensor = (name: string, field: string, i: number): string =>
  `optimizers/${name}/${field}/${i}`;

/**
 * What is written down about an optimizer besides the values of its tensors.
 *
 * @throws Error when one of its settings is not finite.
 */
export function describeOptimizer(name: string, optimizer: tf.Optimizer): OptimizerRecord {
  return {
    className: optimizer.getClassName(),
    config: configOf(name, optimizer),
    iterations: fieldsOf(optimizer).iterations_ ?? 0,
    scalars: Object.fromEntries(
      scalarsOf(optimizer).map(([field]) => [field, scalarTensor(name, field)]),
    ),
    slots: Object.fromEntries(
      slotsOf(optimizer).map(([field, slots]) => [
        field,
        slots.map(({ originalName }, i) => ({
          name: originalName,
          tensor: slotTensor(name, field, i),
        })),
      ]),
    ),
  };
}

function configOf(name: string, optimizer: tf.Optimizer): Config {
  const config = optimizer.getConfig() as Config;
  for (const [setting, value] of Object.entries(config)) {
    if (typeof value === "number" && !Number.isFinite(value))
      throw new Error(`saveCheckpoint: the optimizer "${name}" has the ${setting} ${value}.`);
  }
  return JSON.parse(JSON.stringify(config)) as Config;
}

/** The values of all variables that an optimizer keeps. */
export function optimizerTensors(name: string, optimizer: tf.Optimizer): NamedValues[] {
  const scalars = scalarsOf(optimizer).map(([field, variable]) =>
    copyValues(scalarTensor(name, field), variable),
  );
  const slots = slotsOf(optimizer).flatMap(([field, listed]) =>
    listed.map(({ variable }, i) => copyValues(slotTensor(name, field, i), variable)),
  );
  return [...scalars, ...slots];
}

/** The setting that may change during a run, and so is restored rather than compared. */
const RATE = "learningRate";

const withoutRate = ({ className, config }: OptimizerRecord): unknown => [
  className,
  { ...config, [RATE]: undefined },
];

/**
 * Checks that the optimizer is of the saved kind, and returns the function that restores its rate and its variables.
 *
 * @param variable Today's name of a variable by its saved one.
 * @throws Error naming the optimizer when its class or its settings, apart from the learning rate, are others.
 */
export function restoreOptimizer(
  name: string,
  optimizer: tf.Optimizer,
  saved: OptimizerRecord,
  tensors: SavedTensors,
  variable: ReadonlyMap<string, string>,
): () => void {
  const here = describeOptimizer(name, optimizer);
  if (!isDeepStrictEqual(withoutRate(here), withoutRate(saved))) {
    const [got, wanted] = [here, saved].map(
      ({ className, config }) => `${className} ${JSON.stringify(config)}`,
    );
    throw new Error(
      `loadCheckpoint: the optimizer "${name}" is ${got}, the saved one ${wanted}. Make it as it was saved.`,
    );
  }
  const scalars = scalarsOf(optimizer).map(
    ([field, scalar]) => [scalar, tensors.get(saved.scalars[field] ?? "")] as const,
  );
  const slots = slotsOf(optimizer).map(([field, listed]) => {
    const values = (saved.slots[field] ?? []).map((slot) => ({
      originalName: renamed(slot.name, variable),
      values: tensors.get(slot.tensor),
    }));
    return [listed, values] as const;
  });
  return () => {
    restoreRate(name, optimizer, Number(saved.config[RATE]));
    fieldsOf(optimizer).iterations_ = saved.iterations;
    for (const [scalar, values] of scalars) tf.tidy(() => scalar.assign(toTensor(values)));
    for (const [listed, values] of slots) restoreSlots(listed, values);
  };
}

/** "dense_Dense1/kernel/m" as this process names it: its first part is a variable's name. */
function renamed(slot: string, variable: ReadonlyMap<string, string>): string {
  const end = slot.lastIndexOf("/");
  const name = variable.get(slot.slice(0, end));
  return name === undefined ? slot : name + slot.slice(end);
}

/** SGD and momentum keep the rate as a tensor too, which `setLearningRate` replaces. */
function restoreRate(name: string, optimizer: tf.Optimizer, rate: number): void {
  const now = Number(optimizer.getConfig()[RATE]);
  if (now === rate) return;
  console.warn(
    `loadCheckpoint: the optimizer "${name}" goes on at the saved learning rate ${rate}, not at its own ${now}. ` +
      "Set learningRate after loading for another.",
  );
  if ("setLearningRate" in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(rate);
  else fieldsOf(optimizer)[RATE] = rate;
}

/** Slots of the same shapes keep their variables, so that what was compiled with them still fits. */
function restoreSlots(
  listed: Slot[],
  saved: readonly { readonly originalName: string; readonly values: NamedValues }[],
): void {
  const fits =
    listed.length === saved.length &&
    listed.every(({ variable }, i) => variable.shape.join() === saved[i]?.values.shape.join());
  if (!fits) {
    tf.dispose(listed.map(({ variable }) => variable));
    listed.length = 0;
  }
  saved.forEach(({ originalName, values }, i) => {
    tf.tidy(() => {
      const kept = listed[i];
      if (kept === undefined)
        listed[i] = { originalName, variable: tf.variable(toTensor(values), false) };
      else kept.variable.assign(toTensor(values));
    });
  });
}
