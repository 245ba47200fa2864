/** What a compiled step is called with: tensors, and lists and records of them, taken apart. */
import * as tf from "../backend/tf";

/** Arguments as the tensors that they hold. */
export interface UnpackedArguments<Args> {
  readonly tensors: tf.Tensor[];
  /** Equal for arguments of the same form, whose tensors have the same types and shapes. */
  readonly key: string;
  /** The same arguments with other tensors. */
  readonly pack: (tensors: readonly tf.Tensor[]) => Args;
}

/** A value with what it takes from a list of tensors. */
type Packer = (tensors: readonly tf.Tensor[]) => unknown;

/**
 * Takes arguments apart. Numbers become scalars.
 *
 * @throws TypeError naming what is neither a tensor nor a number, nor a list or record of them; Error for a tensor that was
 *   disposed.
 */
export function unpackArguments<Args extends readonly unknown[]>(
  args: readonly unknown[],
): UnpackedArguments<Args> {
  const tensors: tf.Tensor[] = [];
  const keys: string[] = [];
  const packers = args.map((value, i) =>
    unpackValue(value, `argument ${i + 1}`, { tensors, keys }),
  );
  const pack = (given: readonly tf.Tensor[]): Args =>
    packers.map((packer) => packer(given)) as unknown as Args;
  return { tensors, key: keys.join(" "), pack };
}

interface Found {
  readonly tensors: tf.Tensor[];
  readonly keys: string[];
}

function unpackValue(value: unknown, path: string, found: Found): Packer {
  if (typeof value === "number" || value instanceof tf.Tensor)
    return unpackTensor(value, path, found);
  if (Array.isArray(value)) {
    found.keys.push(`list ${value.length}`);
    const packers = value.map((entry, i) => unpackValue(entry, `${path}[${i}]`, found));
    return (given) => packers.map((packer) => packer(given));
  }
  if (!isRecord(value))
    throw new TypeError(
      `compile: ${path} must be a tensor or a number, got ${nameOf(value)}; a list or record of tensors will do as well.`,
    );
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  found.keys.push(`{${entries.map(([name]) => name).join()}}`);
  const packers = entries.map(
    ([name, entry]) => [name, unpackValue(entry, `${path}.${name}`, found)] as const,
  );
  return (given) => Object.fromEntries(packers.map(([name, packer]) => [name, packer(given)]));
}

function unpackTensor(value: tf.Tensor | number, path: string, { tensors, keys }: Found): Packer {
  const tensor = typeof value === "number" ? tf.scalar(value) : value;
  if (tensor.isDisposed) throw new Error(`compile: ${path} is a tensor that was disposed.`);
  const place = tensors.push(tensor) - 1;
  keys.push(`${tensor.dtype}[${tensor.shape.join()}]`);
  return (given) => given[place];
}

/** Whether a value is a plain object: its fields are all there is to it. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  return typeof value === "object" && value !== null ? value.constructor.name : typeof value;
}
