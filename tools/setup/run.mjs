/** Runs the commands that set-up stands on; what they print goes to the log. */
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { logFile, root } from "./paths.mjs";

/** Something that a person can mend: the message says what is wrong and what to do, so no stack trace is shown. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/** Ends what is still running when set-up is ended itself, so that a cancelled set-up leaves no process behind. */
export function endChildrenWithUs() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => {
      for (const child of children) child.kill("SIGTERM");
      process.exit(signal === "SIGINT" ? 130 : 143);
    });
  }
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, advice?: string, log?: string }} [options] `advice` is added to the error
 * @returns {Promise<void>}
 * @throws {SetupError} when it does not end with 0: the command, the end of what it printed, the advice
 */
export async function run(
  command,
  args,
  { cwd = root, env = {}, advice = "", log = logFile } = {},
) {
  mkdirSync(dirname(log), { recursive: true });
  const shown = [command, ...args].join(" ");
  appendFileSync(log, `\n$ ${shown}   (${new Date().toISOString()}, in ${cwd})\n`);
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: needsShell(command),
  });
  let tail = "";
  const keep = (/** @type {Buffer} */ chunk) => {
    appendFileSync(log, chunk);
    tail = (tail + chunk.toString("utf8")).slice(-4000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  children.add(child);
  const ended = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  children.delete(child);
  if (ended !== 0) throw new SetupError(failure(shown, ended, tail, log, advice));
}

/** @returns {string} what a person needs to see of a command that failed */
function failure(
  /** @type {string} */ shown,
  /** @type {unknown} */ ended,
  /** @type {string} */ tail,
  /** @type {string} */ log,
  /** @type {string} */ advice,
) {
  const lines = tail.trimEnd().split("\n").slice(-12);
  return [
    `\`${shown}\` failed (${ended}):`,
    ...lines.map((line) => `    ${line}`),
    `All of it: ${log}`,
    advice,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/**
 * Runs a short command and reads what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {{ ok: boolean, output: string }} not ok when it is missing, fails, or takes longer than 30 s
 */
export function ask(command, args, { cwd = root, env = {} } = {}) {
  const answer = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 30_000,
    shell: needsShell(command),
  });
  const output = answer.error?.message ?? (answer.stdout || answer.stderr);
  return { ok: answer.status === 0, output: output.trim() };
}

/** On Windows npm is a batch file, which only a shell can start. */
const needsShell = (/** @type {string} */ command) =>
  process.platform === "win32" && command === "npm";
