/** What a run keeps: the parts of a game, and lists that grow while it goes on. */
import { Buffer } from "node:buffer";
import * as tf from "../backend/tf";
import type { Game } from "../training/game";
import type { Checkpointable, Restorable } from "./save";

/** All that a game's training depends on, and the streams of its batches. */
export function checkpointOf(
  { generator, discriminator, generatorOptimizer, discriminatorOptimizer, random }: Game,
  streams: Readonly<Record<string, Restorable>> = {},
): Checkpointable {
  return {
    models: { generator, discriminator },
    optimizers: { generatorOptimizer, discriminatorOptimizer },
    streams: { latent: random, ...streams },
  };
}

const TENSOR = "$tensor";
const FLOATS = "$floats";
const NUMBER = "$number";

interface PackedTensor {
  readonly [TENSOR]: string;
  readonly shape: number[];
  readonly dtype: "float32" | "int32";
}

const packed = (values: ArrayBufferView): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");

function unpacked(text: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(text, "base64")).buffer;
}

/** As plain JSON. Everything but tensors and lists of floats stays as it is. */
function pack(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { [NUMBER]: String(value) };
  if (value instanceof Float32Array) return { [FLOATS]: packed(value) };
  if (value instanceof tf.Tensor) {
    const { dtype, shape } = value as tf.Tensor;
    const values: unknown = value.dataSync();
    return { [TENSOR]: packed(values as Float32Array | Int32Array), dtype, shape };
  }
  return mapped(value, pack);
}

function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (NUMBER in value) return Number(value[NUMBER]);
  if (FLOATS in value) return new Float32Array(unpacked(value[FLOATS] as string));
  if (!(TENSOR in value)) return mapped(value, unpack);
  const { [TENSOR]: text, dtype, shape } = value as PackedTensor;
  const values =
    dtype === "int32" ? new Int32Array(unpacked(text)) : new Float32Array(unpacked(text));
  return tf.keep(tf.tensor(values, shape, dtype));
}

function mapped(value: unknown, map: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== "object" || value === null || value.constructor !== Object) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, map(one)]));
}

/**
 * A list that says what is in it, and is filled with that again: of plain JSON, numbers that are not finite, float32
 * arrays, and tensors of the types float32 and int32. What was in it before it is filled is left to the caller.
 */
export function restorableList(list: unknown[]): Restorable {
  return {
    state: () => pack(list),
    restore: (saved) => {
      list.length = 0;
      for (const item of unpack(saved) as unknown[]) list.push(item); // too many for `push(...items)`
    },
  };
}
