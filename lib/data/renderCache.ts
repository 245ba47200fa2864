/** Pictures that are drawn once: kept in data/cache/rendered by the sum of what they were drawn from. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder, unfinishedName, writeProblem, writeWhole } from "../backend/files";
import { cacheFolder } from "./sources";

/** What {@link rendered} is told. */
export interface RenderedOptions {
  /** The beginning of the file's name, for a person. */
  readonly name: string;
  /** All that the bytes depend on: the files' content, the size, the program that draws. */
  readonly from: readonly (string | Uint8Array)[];
  /** How many bytes there are. */
  readonly bytes: number;
  readonly draw: () => Promise<Uint8Array>;
  /** Default data/cache/rendered. */
  readonly folder?: string | undefined;
}

const SUM_BYTES = 32;
const sumOf = (content: Uint8Array): Buffer => createHash("sha256").update(content).digest();

/**
 * Bytes from the cache, or drawn and put there. Where the cached file is damaged they are drawn anew; where the cache cannot be
 * written they are given all the same. A warning says so.
 */
export async function rendered(options: RenderedOptions): Promise<Uint8Array> {
  const { name, draw, folder = path.join(cacheFolder(), "rendered") } = options;
  const file = path.join(folder, `${name}-${keyOf(options)}.bin`);
  const kept = existsSync(file) ? await read(file, options.bytes) : undefined;
  if (kept !== undefined) return kept;
  const drawn = await draw();
  if (drawn.length !== options.bytes)
    throw new Error(`${name}: ${options.bytes} bytes were to be drawn, got ${drawn.length}.`);
  try {
    await makeFolder(folder);
    await writeWhole(unfinishedName(file), Buffer.concat([drawn, sumOf(drawn)]), () => file);
  } catch (error) {
    console.warn(`${name} is drawn, and will be drawn again next time: ${writeProblem(error)}.`);
  }
  return drawn;
}

/** The file's content without its sum; undefined, with a warning, where they do not agree. */
async function read(file: string, bytes: number): Promise<Uint8Array | undefined> {
  const content = await readFile(file);
  const drawn = content.subarray(0, bytes);
  const whole =
    content.length === bytes + SUM_BYTES && sumOf(drawn).equals(content.subarray(bytes));
  if (whole) return new Uint8Array(drawn);
  console.warn(`${file} is damaged, and is drawn anew.`);
  return undefined;
}

/** A short name for everything that the bytes depend on. */
function keyOf({ from, bytes }: RenderedOptions): string {
  const sum = createHash("sha256").update(String(bytes));
  for (const part of from) sum.update(`\n${part.length} `).update(part);
  return sum.digest("hex").slice(0, 16);
}

/** Pictures that are drawn at the same time. */
const AT_ONCE = 16;

/**
 * Draws one picture after the other, a few at a time.
 *
 * @param draw The i-th picture's red, green and blue, [side, side, 3].
 * @returns [count, side, side, 3].
 */
export async function drawEach(
  count: number,
  side: number,
  draw: (i: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const length = side * side * 3;
  const bytes = new Uint8Array(count * length);
  for (let i = 0; i < count; i += AT_ONCE) {
    const now = Array.from({ length: Math.min(AT_ONCE, count - i) }, (_, k) => i + k);
    const drawn = await Promise.all(now.map(draw));
    drawn.forEach((image, k) => bytes.set(image, now[k]! * length));
  }
  return bytes;
}
