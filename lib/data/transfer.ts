/** One file from one mirror: asked for in pieces where it broke off, watched for silence, checked by its sum. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { FileSource } from "./sources";

/** Told after each piece: how many bytes of the file are there, and how many it has. */
export type DownloadProgress = (received: number, total: number) => void;

/** What is collected where. */
export interface Transfer {
  /** The file in which the bytes are collected. */
  readonly part: string;
  readonly expected: FileSource;
  readonly onProgress: DownloadProgress;
  /** Seconds without a byte after which a mirror is given up. */
  readonly silence: number;
}

/** A mirror that has another file than the one wanted. */
export class WrongFileError extends Error {}

/** How often one mirror is asked again after a transfer that brought something and then broke off. */
const ATTEMPTS = 3;

/** The size of a file; 0 where there is none, or none can be. */
export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** In what a file differs from the one wanted, in words; undefined where it does not. */
export async function differenceOf(file: string, wanted: FileSource): Promise<string | undefined> {
  const bytes = sizeOf(file);
  if (bytes === 0) return "it is empty or missing";
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const sha256 = hash.digest("hex");
  if (bytes === wanted.bytes && sha256 === wanted.sha256) return undefined;
  return `${bytes} bytes with SHA-256 ${sha256}; wanted ${wanted.bytes} bytes with ${wanted.sha256}`;
}

/**
 * Completes the transfer's part from one address. What came from elsewhere and turns out not to fit is thrown away,
 * and the whole is asked for.
 *
 * @throws WrongFileError when the address has another file; Error when it cannot be reached, breaks off or falls silent;
 *   a system error when the part cannot be written.
 */
export async function fetchWhole(url: string, transfer: Transfer): Promise<void> {
  const { part, expected } = transfer;
  let fromElsewhere = sizeOf(part) > 0;
  for (let attempt = 1; sizeOf(part) < expected.bytes; attempt++) {
    const before = sizeOf(part);
    try {
      if (!(await fetchRest(url, transfer))) fromElsewhere = false;
    } catch (error) {
      if (attempt === ATTEMPTS || sizeOf(part) <= before) throw error;
    }
  }
  const difference = await differenceOf(part, expected);
  if (difference === undefined) return;
  await rm(part);
  if (fromElsewhere) return fetchWhole(url, transfer);
  throw new WrongFileError(`it sent another file: ${difference}`);
}

/** Into so many ticks a silence is divided: a process that computed meanwhile, and heard nothing, counts one at most. */
const TICKS = 4;

/** Ends a request that brings no byte for so many seconds; `heard` is told of each that it brings. */
function watchSilence(seconds: number): {
  signal: AbortSignal;
  heard: () => void;
  end: () => void;
} {
  const quiet = new AbortController();
  let silent = 0;
  const ticking = setInterval(
    () => {
      silent += 1;
      if (silent === TICKS) quiet.abort(new Error(`it sent no byte for ${seconds} s`));
    },
    (1000 * seconds) / TICKS,
  );
  const heard = (): void => void (silent = 0);
  return { signal: quiet.signal, heard, end: () => clearInterval(ticking) };
}

/** Asks for what is missing, and returns whether that is what came: a server may send everything instead. */
async function fetchRest(url: string, transfer: Transfer): Promise<boolean> {
  const watch = watchSilence(transfer.silence);
  try {
    const have = sizeOf(transfer.part);
    const response = await ask(url, have, watch.signal);
    watch.heard();
    const resumes = continues(response, have, transfer.expected);
    await collect(response, resumes ? have : 0, transfer, watch.heard);
    return resumes;
  } catch (error) {
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.end();
  }
}

async function ask(url: string, have: number, signal: AbortSignal): Promise<Response> {
  // Without compression on the way: the files are compressed, and sizes and ranges count their own bytes.
  const headers: Record<string, string> = { "Accept-Encoding": "identity" };
  if (have > 0) headers["Range"] = `bytes=${have}-`;
  const response = await fetch(url, { headers, signal });
  if (response.ok && response.body !== null) return response;
  await response.body?.cancel();
  throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
}

/** Whether an answer goes on behind the bytes that are there; refused where it says that the whole has another size. */
function continues({ status, headers, body }: Response, have: number, wanted: FileSource): boolean {
  const [, begin, total] =
    /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  const size = status === 206 ? total : (length ?? undefined);
  if (size !== undefined && Number(size) !== wanted.bytes) {
    void body?.cancel();
    throw new WrongFileError(`it has a file of ${size} bytes; wanted ${wanted.bytes}`);
  }
  return status === 206 && Number(begin) === have;
}

/** Writes an answer's bytes behind those of the part that stay. */
async function collect(
  { body }: Response,
  have: number,
  { part, expected, onProgress }: Transfer,
  heard: () => void,
): Promise<void> {
  let received = have;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      heard();
      received += chunk.length;
      if (received > expected.bytes) {
        done(new WrongFileError(`it sends more than the ${expected.bytes} bytes wanted`));
        return;
      }
      onProgress(received, expected.bytes);
      done(null, chunk);
    },
  });
  const bytes = Readable.fromWeb(body as ReadableStream<Uint8Array>);
  await pipeline(
    bytes,
    count,
    createWriteStream(part, { flags: have > 0 ? "r+" : "w", start: have }),
  );
  if (received < expected.bytes) throw new Error(`it sent ${received} of ${expected.bytes} bytes`);
}
