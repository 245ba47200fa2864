/** What a checkpoint says in words, beside its tensors. */
import os from "node:os";
import { isRunning } from "../backend/files";
import type { Json } from "./json";
import type { ModelRecord } from "./model";
import type { OptimizerRecord } from "./optimizer";
import { DamagedFileError, type Metadata } from "./safetensors";

/** The process that saved a checkpoint. */
export interface Writer {
  readonly pid: number;
  readonly host: string;
  /** When it started; ISO 8601. */
  readonly since: string;
}

/** Everything of a checkpoint but the values of its tensors. */
export interface Manifest {
  readonly step: number;
  readonly extra: Json;
  readonly score: number | null;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly writer: Writer;
  readonly models: Readonly<Record<string, ModelRecord>>;
  readonly optimizers: Readonly<Record<string, OptimizerRecord>>;
  readonly streams: Readonly<Record<string, unknown>>;
}

const FORMAT = "gan-lib checkpoint 2";

/** The process that this is. */
export const thisProcess: Writer = {
  pid: process.pid,
  host: os.hostname(),
  since: new Date(performance.timeOrigin).toISOString(),
};

/** A process for a person. */
export const inWords = ({ pid, host, since }: Writer): string =>
  `process ${pid} on ${host}, running since ${since}`;

/** Whether this is another process, and it still runs as far as this machine can tell. */
export function isOther({ pid, host }: Writer): boolean {
  if (host !== thisProcess.host) return true;
  return pid !== thisProcess.pid && isRunning(pid);
}

/** A manifest as a file's text entries. */
export function written(manifest: Manifest): Metadata {
  return { format: FORMAT, manifest: JSON.stringify(manifest) };
}

/**
 * The manifest in a file's text entries.
 *
 * @throws DamagedFileError when there is none; Error when another version of gan-lib wrote it.
 */
export function manifestIn({ format, manifest }: Metadata): Manifest {
  if (format === undefined || manifest === undefined)
    throw new DamagedFileError("it is no checkpoint of gan-lib");
  if (format !== FORMAT)
    throw new Error(`it has the format "${format}"; this version of gan-lib reads "${FORMAT}"`);
  try {
    return JSON.parse(manifest) as Manifest; // the file's sum is that of one which saveCheckpoint wrote
  } catch {
    throw new DamagedFileError("its manifest is not JSON");
  }
}
