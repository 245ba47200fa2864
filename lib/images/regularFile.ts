/** Files of anyone's, read whole: only what is a file, and not too large. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { Stats } from "node:fs";

/** Larger than any picture that people have. */
const MOST_BYTES = 256 * 2 ** 20;

/** @returns What something is that is no file, in words. */
function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  return stats.isSocket() ? "a socket" : "a device";
}

/**
 * The bytes of a file. Links are followed; whatever they lead to is looked at before anything is read of it.
 *
 * @param file Its path, as bytes where the name is not UTF-8.
 * @throws Error when it cannot be read, is a folder, pipe, socket or device, or larger than 256 MB.
 */
export async function readRegularFile(file: string | Buffer): Promise<Buffer> {
  // Without O_NONBLOCK, opening a named pipe waits for somebody who writes to it.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}, not a file`);
    if (stats.size > MOST_BYTES)
      throw new Error(
        `it has ${Math.round(stats.size / 2 ** 20)} MB, more than ${MOST_BYTES / 2 ** 20}`,
      );
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
