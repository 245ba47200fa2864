/**
 * Tensors in a file of the safetensors format, which PyTorch, NumPy and JAX read as well: the length of the header
 * (8 bytes, little-endian), the header as JSON, the values one after the other.
 * The format: https://github.com/huggingface/safetensors#format.
 */
import { createHash } from "node:crypto";

/** The values of a tensor, off the backend. */
export interface NamedValues {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A file's text entries, by name. */
export type Metadata = Readonly<Record<string, string>>;

interface Entry {
  readonly dtype: "F32" | "I32";
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

const METADATA = "__metadata__";
const LENGTH_BYTES = 8;
const BYTES_PER_VALUE = 4;
/** The limit of the format's own library. */
const MAX_HEADER = 100_000_000;
/** What Node reads at once. */
const MAX_FILE = 2 ** 31 - 1;
/** The longest shape that tf.js has tensors for. */
const MAX_RANK = 6;
const NO_SUM = "0".repeat(64);

/** What is wrong with a file that is no whole checkpoint. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";
}

const bytesOf = ({ values }: NamedValues): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** The sum of a header whose own place for it holds zeros, and of the values. */
export const sumOf = (header: string, data: Uint8Array): string =>
  createHash("sha256").update(header).update(data).digest("hex");

/**
 * A file's bytes. Its entry `sha256` is the sum of header and values, taken with 64 zeros in the sum's own place.
 *
 * @throws Error when the file would be larger than 2 GiB, or two tensors have one name.
 */
export function encodeSafetensors(tensors: readonly NamedValues[], metadata: Metadata): Buffer {
  let end = 0;
  const entries = tensors.map((tensor): [string, Entry] => {
    const begin = end;
    end += tensor.values.byteLength;
    const dtype = tensor.values instanceof Int32Array ? "I32" : "F32";
    return [tensor.name, { dtype, shape: tensor.shape, data_offsets: [begin, end] }];
  });
  if (new Set(entries.map(([name]) => name)).size < entries.length)
    throw new Error("Two tensors of one file have the same name.");
  const header = JSON.stringify({
    [METADATA]: { sha256: NO_SUM, ...metadata },
    ...Object.fromEntries(entries),
  });
  const bytes = Buffer.byteLength(header);
  const padded = header + " ".repeat((LENGTH_BYTES - (bytes % LENGTH_BYTES)) % LENGTH_BYTES);
  const length = Buffer.byteLength(padded);
  if (length > MAX_HEADER || LENGTH_BYTES + length + end > MAX_FILE)
    throw new Error(`It would have ${LENGTH_BYTES + length + end} bytes; at most 2 GiB fit.`);
  const data = Buffer.concat(tensors.map(bytesOf));
  const first = Buffer.alloc(LENGTH_BYTES);
  first.writeBigUInt64LE(BigInt(length));
  return Buffer.concat([first, Buffer.from(padded.replace(NO_SUM, sumOf(padded, data))), data]);
}

/** How many bytes the header takes, which begins behind the first 8. */
export function headerLength(first: Uint8Array): number {
  if (first.length < LENGTH_BYTES) throw new DamagedFileError(`it has ${first.length} bytes`);
  const length = Buffer.from(first).readBigUInt64LE(0);
  if (length > MAX_HEADER) throw new DamagedFileError(`its header claims ${length} bytes`);
  return Number(length);
}

type Header = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Header {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseHeader(text: string): Header {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new DamagedFileError("its header is not JSON");
  }
  if (!isRecord(header)) throw new DamagedFileError("its header is not an object");
  return header;
}

/** The text entries of a header. */
export function metadataOf(header: string): Metadata {
  const metadata = parseHeader(header)[METADATA];
  if (!isRecord(metadata) || !Object.values(metadata).every((text) => typeof text === "string"))
    throw new DamagedFileError("it has no entries of text in its header");
  return metadata as Metadata;
}

/**
 * Takes a file apart.
 *
 * @throws DamagedFileError saying what is wrong when it is not, to the bit, what {@link encodeSafetensors} made.
 */
export function decodeSafetensors(file: Buffer): { tensors: NamedValues[]; metadata: Metadata } {
  const length = headerLength(file);
  if (LENGTH_BYTES + length > file.length) {
    throw new DamagedFileError(
      `it has ${file.length} bytes, fewer than the ${LENGTH_BYTES + length} of its header`,
    );
  }
  const header = file.toString("utf8", LENGTH_BYTES, LENGTH_BYTES + length);
  const data = file.subarray(LENGTH_BYTES + length);
  const metadata = metadataOf(header);
  const tensors = tensorsOf(parseHeader(header), data);
  const { sha256 = "" } = metadata;
  if (sumOf(header.replace(sha256, NO_SUM), data) !== sha256)
    throw new DamagedFileError("it has other bytes than were saved");
  return { tensors, metadata };
}

function tensorsOf(header: Header, data: Buffer): NamedValues[] {
  const entries = Object.entries(header).filter(([name]) => name !== METADATA);
  let at = 0;
  const tensors = entries.map(([name, entry]) => {
    const { dtype, shape, end } = checkedEntry(name, entry, at, data.length);
    // A copy of its own, since a view on 32-bit numbers must begin at a multiple of four bytes.
    const { buffer } = Uint8Array.from(data.subarray(at, end));
    at = end;
    return {
      name,
      shape,
      values: dtype === "I32" ? new Int32Array(buffer) : new Float32Array(buffer),
    };
  });
  if (at !== data.length) {
    throw new DamagedFileError(`its tensors take ${at} bytes, it holds ${data.length}`);
  }
  return tensors;
}

const isSize = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

/** An entry that begins where the one before it ended, and fits into the file. */
function checkedEntry(
  name: string,
  entry: unknown,
  begin: number,
  available: number,
): { dtype: "F32" | "I32"; shape: number[]; end: number } {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const wrong = (what: string): DamagedFileError =>
    new DamagedFileError(`its tensor "${name}" ${what}`);
  if (dtype !== "F32" && dtype !== "I32") throw wrong(`is ${String(dtype)}, neither F32 nor I32`);
  if (!Array.isArray(shape) || shape.length > MAX_RANK || !shape.every(isSize))
    throw wrong(`has the shape ${JSON.stringify(shape)}`);
  const end = begin + shape.reduce((product, size) => product * size, BYTES_PER_VALUE);
  if (!Array.isArray(offsets) || offsets.length !== 2 || offsets[0] !== begin || offsets[1] !== end)
    throw wrong(`lies at ${JSON.stringify(offsets)}, by its shape at [${begin}, ${end}]`);
  if (end > available) throw wrong(`ends at byte ${end} of ${available}`);
  return { dtype, shape, end };
}
