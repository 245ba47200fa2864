/** The IDX file format of MNIST and its relatives: a magic number, the sizes, then the values. */
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

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
  return parseIdx(await unpack(file, await readFile(file)), file);
}

async function unpack(file: string, content: Buffer): Promise<Buffer> {
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  if (!isGzip) return content;
  try {
    return await promisify(gunzip)(content);
  } catch (error) {
    throw broken(
      file,
      `it does not unpack (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

/**
 * Reads unpacked IDX bytes; `name` stands for the file in error messages.
 *
 * @throws Error when the magic number, the sizes or the length are wrong.
 */
export function parseIdx(content: Buffer, name: string): ByteArray {
  const dimensions = content[3] ?? 0;
  const headerBytes = 4 + 4 * dimensions;
  if (
    content.length < 4 ||
    content[0] !== 0 ||
    content[1] !== 0 ||
    content[2] !== UNSIGNED_BYTE ||
    dimensions === 0
  ) {
    const magic = content.subarray(0, 4).toString("hex");
    throw broken(
      name,
      `it starts with the bytes "${magic}" where "000008" and the number of dimensions were wanted`,
    );
  }
  if (content.length < headerBytes) {
    throw broken(
      name,
      `it has ${content.length} bytes, fewer than the ${headerBytes} of its header`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => content.readUInt32BE(4 + 4 * i));
  const wanted = shape.reduce((product, size) => product * size, 1);
  const got = content.length - headerBytes;
  if (got !== wanted) {
    throw broken(name, `its sizes ${shape.join("x")} ask for ${wanted} values, it holds ${got}`);
  }
  return {
    shape,
    values: new Uint8Array(content.buffer, content.byteOffset + headerBytes, wanted),
  };
}

function broken(name: string, what: string): Error {
  return new Error(
    `${name} is not a whole IDX file of bytes: ${what}. Delete it and get it again.`,
  );
}
