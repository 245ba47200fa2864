/** Downloads that are verified, resumed where they broke off, and in place only when they are whole. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { FileSource } from "./sources";

/** Told after each piece: how many bytes of the file are there, and how many it has. */
export type DownloadProgress = (received: number, total: number) => void;

/** How often one mirror is asked again after a transfer that brought something and then broke off. */
const ATTEMPTS = 3;

/**
 * Downloads one file from the first of the addresses that delivers it whole.
 *
 * The bytes are collected in `<file>.part`, which a later call goes on from (HTTP Range), and renamed to `file` when
 * size and SHA-256 agree. A file that is already there is not touched.
 *
 * @param advice What else a person can do; ends the error message.
 * @throws Error listing what each address said when none delivered the file.
 */
export async function downloadFile(
  file: string,
  urls: readonly string[],
  expected: FileSource,
  onProgress: DownloadProgress = () => undefined,
  advice = "",
): Promise<void> {
  if (sizeOf(file) > 0) return;
  await mkdir(path.dirname(file), { recursive: true });
  const answers: string[] = [];
  for (const url of urls) {
    try {
      await fetchWhole(url, `${file}.part`, expected, onProgress);
      await rename(`${file}.part`, file);
      return;
    } catch (error) {
      answers.push(`  ${url}: ${reason(error)}`);
    }
  }
  throw new Error(
    `${path.basename(file)} could not be downloaded:\n${answers.join("\n")}\nTry again to go on where it stopped. ${advice}`.trim(),
  );
}

async function fetchWhole(
  url: string,
  part: string,
  expected: FileSource,
  onProgress: DownloadProgress,
): Promise<void> {
  for (let attempt = 1; sizeOf(part) < expected.bytes; attempt++) {
    const before = sizeOf(part);
    try {
      await fetchRest(url, part, expected, onProgress);
    } catch (error) {
      if (attempt === ATTEMPTS || sizeOf(part) <= before) throw error;
    }
  }
  await verify(part, expected);
}

/** Asks for what is missing. A server that ignores the range sends everything, and the file starts again. */
async function fetchRest(
  url: string,
  part: string,
  expected: FileSource,
  onProgress: DownloadProgress,
): Promise<void> {
  const have = sizeOf(part);
  // Without compression on the way: the files are compressed, and sizes and ranges count their own bytes.
  const headers: Record<string, string> = { "Accept-Encoding": "identity" };
  if (have > 0) headers["Range"] = `bytes=${have}-`;
  const response = await fetch(url, { headers });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
  }
  const resumes =
    response.status === 206 &&
    response.headers.get("content-range")?.startsWith(`bytes ${have}-`) === true;
  let received = resumes ? have : 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      onProgress(Math.min(received, expected.bytes), expected.bytes);
      done(
        received > expected.bytes
          ? new Error(`it sends more than the ${expected.bytes} bytes wanted`)
          : null,
        chunk,
      );
    },
  });
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
    count,
    createWriteStream(part, { flags: resumes ? "a" : "w" }),
  );
  if (received < expected.bytes) throw new Error(`it sent ${received} of ${expected.bytes} bytes`);
}

/** Checks a finished file and removes it when it is not the one wanted, so that the next attempt starts afresh. */
async function verify(part: string, expected: FileSource): Promise<void> {
  const bytes = sizeOf(part);
  const hash = createHash("sha256");
  await pipeline(createReadStream(part), hash);
  const sha256 = hash.digest("hex");
  if (bytes === expected.bytes && sha256 === expected.sha256) return;
  await rm(part);
  throw new Error(
    `it sent another file: ${bytes} bytes with SHA-256 ${sha256}; wanted ${expected.bytes} bytes with ${expected.sha256}`,
  );
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** A fetch that fails says only "fetch failed" and puts the reason into `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return `${error.message} (${"code" in cause ? String(cause.code) : cause.message})`;
}
