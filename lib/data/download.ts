/** Downloads that are verified, resumed where they broke off, and in place only when they are whole. */
import { rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import {
  abandonedIn,
  isWriteProblem,
  makeFolder,
  syncFile,
  syncFolder,
  unfinishedName,
  writeProblem,
} from "../backend/files";
import type { FileSource } from "./sources";
import {
  differenceOf,
  fetchWhole,
  sizeOf,
  WrongFileError,
  type DownloadProgress,
  type Transfer,
} from "./transfer";

/** Options of {@link downloadFile}. */
export interface FileDownloadOptions {
  readonly onProgress?: DownloadProgress;
  /** How to do without a download; ends the error message. */
  readonly advice?: string;
  /** Seconds without a byte after which the next mirror is asked; default 30. */
  readonly silence?: number;
}

const SILENCE = 30;

/** Whether GAN_OFFLINE forbids downloads: by any value but "" and "0". */
function isOffline(): boolean {
  return !["", "0"].includes(process.env["GAN_OFFLINE"] ?? "");
}

/**
 * Downloads one file from the first of the addresses that delivers it whole.
 *
 * A file that is there already is checked by its sum, and downloaded anew when it is another. The bytes are collected
 * in a file of this process, which takes over what an earlier one left (HTTP Range), and gets the name `file` when size
 * and SHA-256 agree. So several processes may download the same file.
 *
 * @throws Error listing what each address said when none delivered the file; when GAN_OFFLINE is set and the file is
 *   missing; when it cannot be written.
 */
export async function downloadFile(
  file: string,
  urls: readonly string[],
  expected: FileSource,
  { onProgress = () => undefined, advice = "", silence = SILENCE }: FileDownloadOptions = {},
): Promise<void> {
  const difference = await differenceOf(file, expected);
  if (difference === undefined) return;
  requireOnline(file, { difference, expected, advice });
  const part = unfinishedName(file);
  try {
    await makeFolder(path.dirname(file));
    await takeOver(file, part);
    await fromFirst(urls, { part, expected, onProgress, silence }).catch((error: unknown) => {
      if (!(error instanceof NoMirrorError)) throw error;
      throw new Error(
        `${path.basename(file)} could not be downloaded:\n${error.message} ${advice}`.trim(),
      );
    });
    await syncFile(part);
    await rename(part, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    if (!isWriteProblem(error)) throw error;
    throw new Error(`${file} cannot be written: ${writeProblem(error)}.`, { cause: error });
  } finally {
    await leave(file, part).catch(() => undefined); // the first error says more
  }
}

/**
 * Refuses a download where the person forbade it.
 *
 * @throws Error naming the file and where to put it, when GAN_OFFLINE is set.
 */
export function requireOnline(
  file: string,
  wanted: { readonly difference: string; readonly expected: FileSource; readonly advice: string },
): void {
  if (!isOffline()) return;
  const { bytes, sha256 } = wanted.expected;
  const is = existsSync(file) ? `is not the file wanted (${wanted.difference})` : "is missing";
  throw new Error(
    `${file} ${is}, and GAN_OFFLINE forbids to download it. Put the file of ${bytes} bytes with SHA-256 ${sha256} there, ` +
      `or unset GAN_OFFLINE. ${wanted.advice}`.trim(),
  );
}

/** Where a call that failed leaves its bytes for the next. */
const leftOf = (file: string): string => `${file}.part`;

async function leave(file: string, part: string): Promise<void> {
  if (sizeOf(part) > 0) await rename(part, leftOf(file));
  else await rm(part, { force: true });
}

/** Takes over the most that an earlier call or a process that is gone left, and removes the rest. */
async function takeOver(file: string, part: string): Promise<void> {
  const left = [leftOf(file), ...abandonedIn(path.dirname(file), `${path.basename(file)}.`)];
  left.sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const [i, name] of left.entries()) {
    if (i > 0) await rm(name, { force: true });
    else if (existsSync(name)) await rename(name, part).catch(() => undefined); // another process was first
  }
}

interface Answer {
  readonly url: string;
  readonly error: unknown;
}

/** What each mirror said, and what helps. */
class NoMirrorError extends Error {}

async function fromFirst(urls: readonly string[], transfer: Transfer): Promise<void> {
  const answers: Answer[] = [];
  for (const url of urls) {
    try {
      await fetchWhole(url, transfer);
      return;
    } catch (error) {
      if (isWriteProblem(error)) throw error;
      answers.push({ url, error });
    }
  }
  const said = answers.map(({ url, error }) => `  ${url}: ${reason(error)}`);
  const whatNext = nextOf(answers, sizeOf(transfer.part), transfer.expected);
  throw new NoMirrorError(`${said.join("\n")}\n${whatNext}`);
}

const UNREACHED =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|CONNECT_TIMEOUT/;

/** What helps after the mirrors answered so. */
function nextOf(answers: readonly Answer[], kept: number, { bytes }: FileSource): string {
  if (answers.every(({ error }) => UNREACHED.test(reason(error))))
    return "No mirror was reached: is this machine online? A proxy must let Node's fetch through.";
  if (kept > 0) return `${kept} of ${bytes} bytes are kept: the next call goes on from there.`;
  if (answers.some(({ error }) => error instanceof WrongFileError))
    return "What a mirror has is not the published file any more: to try again will not help.";
  return "To try again helps when a mirror answers again.";
}

/** A fetch that fails says only "fetch failed" and puts the reason into `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return `${error.message} (${"code" in cause ? String(cause.code) : cause.message})`;
}
