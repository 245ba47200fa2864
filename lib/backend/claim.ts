/**
 * Who makes a file that several processes want, also on two machines: the one whose claim stands beside it, `<name>.claim`.
 * The claim of a process that is gone is taken over.
 */
import { createHash } from "node:crypto";
import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process that makes a file. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, by its system's own count; null where the system does not say. Numbers of processes come again. */
  readonly began: string | null;
}

/** A claim that was got. */
export interface Claim {
  /** Gives the file free. */
  readonly release: () => void;
}

/** How often a claim is said to stand, and how old one of another machine must be to count as left behind. */
const RENEW_EVERY = 30_000;
const LEFT_AFTER = 15 * 60_000;

/** Field 22 of /proc/<pid>/stat; the second, in parentheses, may hold anything. */
function beginningOf(pid: number): string | null {
  const stat = tryTo(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

/** What a call on a file gave; undefined where it failed because the file is not there, or is there already. */
function tryTo<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw error;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false; // EPERM: there, and another user's
  }
  return began === null || (beginningOf(pid) ?? began) === began;
}

/** The holder that a claim's text names; undefined for a text that no process writes. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, began } = JSON.parse(text) as Holder;
    return Number.isInteger(pid) && typeof host === "string" ? { pid, host, began } : undefined;
  } catch {
    return undefined;
  }
}

function isLeft(file: string, text: string): boolean {
  const holder = parseHolder(text);
  if (holder === undefined) return true;
  if (holder.host === hostname()) return !isAlive(holder);
  const { mtimeMs = 0 } = tryTo(() => statSync(file)) ?? {};
  return Date.now() - mtimeMs > LEFT_AFTER;
}

/** The process that makes a file now; undefined where none does. */
export function holderOf(file: string): Holder | undefined {
  const text = tryTo(() => readFileSync(file, "utf8"));
  return text === undefined || isLeft(file, text) ? undefined : parseHolder(text);
}

/** "process 4711 on wolke". */
export function sayHolder({ pid, host }: Holder): string {
  return `process ${pid} on ${host}`;
}

/**
 * Claims a file for this process; whole or not at all, whoever else tries.
 *
 * @param file The claim's: beside the file. Its folder must be there.
 * @returns The claim, or the process that has it.
 */
export function claimFile(file: string): Claim | Holder {
  const own = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    began: beginningOf(process.pid),
  });
  const written = `${file}.${hostname()}.${process.pid}`;
  writeFileSync(written, own);
  try {
    for (;;) {
      if (tryTo(() => (linkSync(written, file), true))) return standing(file);
      const text = tryTo(() => readFileSync(file, "utf8"));
      if (text === undefined) continue; // given free meanwhile
      const holder = isLeft(file, text) ? takeAway(file, text, written) : parseHolder(text);
      if (holder !== undefined) return holder;
    }
  } finally {
    rmSync(written, { force: true });
  }
}

/**
 * Removes a claim that was left behind. Of several that see it, one does, and none removes a claim made after it.
 *
 * @param written This process's own claim, which marks that it is the one.
 * @returns The other process that is about to take the claim, where one is.
 */
function takeAway(file: string, left: string, written: string): Holder | undefined {
  const sum = createHash("sha256").update(left).digest("hex").slice(0, 12);
  const mark = `${file}.left-${sum}`;
  if (tryTo(() => (linkSync(written, mark), true)) === undefined) {
    const holder = holderOf(mark);
    if (holder === undefined) rmSync(mark, { force: true }); // it died in the middle of this
    return holder;
  }
  if (tryTo(() => readFileSync(file, "utf8")) === left) rmSync(file, { force: true });
  rmSync(mark, { force: true });
  return undefined;
}

function standing(file: string): Claim {
  const renew = (): void => {
    const now = new Date();
    tryTo(() => utimesSync(file, now, now));
  };
  const timer = setInterval(renew, RENEW_EVERY).unref();
  return {
    release() {
      clearInterval(timer);
      rmSync(file, { force: true });
    },
  };
}
