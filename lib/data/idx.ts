/** The IDX file format of MNIST and its relatives: a magic number, the sizes, then the values. */
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import { errorMessage } from "../backend/errorMessage";
import { codeOf } from "../backend/files";

/** An array of unsigned bytes with its shape, row-major. */
export interface ByteArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes, gzip-compressed or plain.
 *
 * The format: two zero bytes, the element type, the number of dimensions, one big-endian uint32 a dimension, the values.
 *
 * @throws Error naming the file when it cannot be read or unpacked, or when its magic number, sizes or length are wrong.
 */
export async function readIdx(file: string): Promise<ByteArray> {
  return parseIdx(await unpackIdx(await readFile(file), file), file);
}

/** What is packed beyond this many bytes at the beginning does not matter for the header. */
const BEGINNING = 1024;
/** A header may not claim more values. */
const MAX_VALUES = 2 ** 30;

/** Unpacks as much as the file's header claims; what claims too much or has more is refused before it takes memory. */
export async function unpackIdx(content: Buffer, file: string): Promise<Buffer> {
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  if (!isGzip) return content;
  try {
    const beginning = await promisify(gunzip)(content.subarray(0, BEGINNING), {
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    const { bytes, shape } = readHeader(beginning, file);
    return await promisify(gunzip)(content, { maxOutputLength: bytes + countOf(shape) });
  } catch (error) {
    if (error instanceof BrokenIdxError) throw error;
    const tooMuch = codeOf(error) === "ERR_BUFFER_TOO_LARGE";
    throw broken(
      file,
      tooMuch
        ? "it unpacks to more than its header claims"
        : `it does not unpack (${errorMessage(error)})`,
    );
  }
}

/** How many bytes the header has, and the sizes in it. */
function readHeader(content: Buffer, name: string): { bytes: number; shape: number[] } {
  const dimensions = content[3] ?? 0;
  const isIdx = content[0] === 0 && content[1] === 0 && content[2] === UNSIGNED_BYTE;
  if (content.length < 4 || !isIdx || dimensions === 0) {
    const magic = content.subarray(0, 4).toString("hex");
    throw broken(
      name,
      `it starts with the bytes "${magic}" where "000008" and the number of dimensions were wanted`,
    );
  }
  const bytes = 4 + 4 * dimensions;
  if (content.length < bytes)
    throw broken(name, `it has ${content.length} bytes, fewer than the ${bytes} of its header`);
  const shape = Array.from({ length: dimensions }, (_, i) => content.readUInt32BE(4 + 4 * i));
  if (countOf(shape) > MAX_VALUES)
    throw broken(name, `its sizes ${shape.join("x")} are more than ${MAX_VALUES} values`);
  return { bytes, shape };
}

const countOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/**
 * Reads unpacked IDX bytes; `name` stands for the file in error messages.
 *
 * @throws Error when the magic number, the sizes or the length are wrong.
 */
export function parseIdx(content: Buffer, name: string): ByteArray {
  const { bytes, shape } = readHeader(content, name);
  const [wanted, got] = [countOf(shape), content.length - bytes];
  if (got !== wanted)
    throw broken(name, `its sizes ${shape.join("x")} ask for ${wanted} values, it holds ${got}`);
  return { shape, values: new Uint8Array(content.buffer, content.byteOffset + bytes, wanted) };
}

/** A file that is no IDX file, or not a whole one. */
class BrokenIdxError extends Error {}

function broken(name: string, what: string): Error {
  return new BrokenIdxError(
    `${name} is not a whole IDX file of bytes: ${what}. Delete it and get it again.`,
  );
}
