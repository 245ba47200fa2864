/** The launcher's work: one process that runs the cells, from its start to its end. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { oomKills, reasonOf } from "./death.mjs";
import { keepLastWords, takeLastWords } from "./lastWords.mjs";

const main = fileURLToPath(new URL("./main.mjs", import.meta.url));
/** So much of the end of standard error is kept: a process that crashes says there why. */
const keptCharacters = 1 << 14;
/** How long the last of standard error may take to arrive. */
const drainMs = 200;
/** The same for what the process told of itself, which ends with it. */
const toldMs = 10_000;
const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Whoever started the kernel; it may be gone by now: the kernel is then a child of process 1, which did not start it
 * unless Jupyter says so.
 */
const parent = process.ppid === 1 ? Number(process.env.JPY_PARENT_PID) : process.ppid;

/**
 * Runs the kernel to its end; where it dies, says why to the cell that ran, or else to the first one of the next start.
 *
 * @param {string} configPath Jupyter's connection file.
 * @param {string} root The repository.
 * @returns {Promise<number>} The status to end with.
 */
export async function watch(configPath, root) {
  const killsBefore = oomKills();
  const child = spawn(
    process.execPath,
    [...process.execArgv, main, configPath, root, takeLastWords(configPath)],
    { stdio: ["ignore", "inherit", "pipe", "pipe", "pipe"] },
  );
  const [, , errors, upwards, downwards] = /** @type {any[]} */ (child.stdio);
  const said = listenToErrors(errors);
  const told = listenTo(upwards);
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  downwards.on("error", () => {});
  whenJupyterIsGone(() => downwards.write("shut down\n"));

  const { code, signal } = await new Promise((resolve) =>
    child.on("exit", (code, signal) => resolve({ code, signal })),
  );
  // The end of a process may be heard of before its last lines are read.
  await Promise.race([told.ended, sleep(toldMs, undefined, { ref: false })]);
  await Promise.race([said.ended, sleep(drainMs, undefined, { ref: false })]);
  if (told.closing || (signal === null && told.exit === undefined)) return code ?? 1;
  const oomKilled = oomKills() > killsBefore;
  const reason = reasonOf({ exit: told.exit, signal, said: said.text, oomKilled });
  const isTold = told.running !== null && (await tellCell(configPath, root, { ...told, reason }));
  if (!isTold) keepLastWords(configPath, reason);
  return code || 1;
}

/** Loaded at a death only: a launcher that waits is to stay small. */
async function tellCell(...death) {
  const { tellOfDeath } = await import("./obituary.mjs");
  return tellOfDeath(.../** @type {Parameters<typeof tellOfDeath>} */ (death));
}

/** Passes standard error on, and keeps its end. */
function listenToErrors(errors) {
  const said = { text: "", ended: new Promise((resolve) => errors.on("end", resolve)) };
  errors.on("data", (chunk) => (said.text = (said.text + chunk).slice(-keptCharacters)));
  process.stderr.on("error", () => {}); // nobody reads it any more
  errors.pipe(process.stderr);
  return said;
}

/** What the process tells of itself; see lifeline.mjs. */
function listenTo(upwards) {
  const lines = createInterface({ input: upwards });
  /** @type {{ running: import("./lifeline.mjs").Running | null, closing: boolean, exit?: number, info: object, ended: Promise<void> }} */
  const told = {
    running: null,
    closing: false,
    info: {},
    ended: new Promise((resolve) => lines.on("close", resolve)),
  };
  lines.on("line", (line) => Object.assign(told, JSON.parse(line)));
  return told;
}

/** A kernel whose Jupyter has died must not live on. */
function whenJupyterIsGone(end) {
  if (!process.env.JPY_PARENT_PID) return;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1000).unref();
}
