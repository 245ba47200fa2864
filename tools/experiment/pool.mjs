/** Runs cells as child processes, a few at a time. */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "../setup/paths.mjs";

/** @typedef {{ key: string, file: string, log: string, json: string }} Job A cell: its name, where its result goes, where its output goes, and the cell. */
/** @typedef {{ started(job: Job): void, stepped(job: Job, step: number): void, ended(job: Job, error?: string): void }} Listener */

/** How many lines of a failed cell's output are shown. */
const TAIL = 8;

function endOf(log) {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-TAIL).join("\n");
}

/** @returns {Promise<string | undefined>} What went wrong, where something did. Never rejects. */
function runJob(job, { environment, signal, listener }) {
  mkdirSync(path.dirname(job.file), { recursive: true });
  const log = openSync(job.log, "w");
  const child = spawn(
    process.execPath,
    [inRoot("tools", "experiment", "cell.mjs"), job.json, job.file],
    {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", log, log, "ipc"],
    },
  );
  closeSync(log);
  const end = () => child.kill("SIGTERM");
  signal.addEventListener("abort", end);
  child.on("message", ({ step }) => listener.stepped(job, step));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(`it did not start: ${error.message}`));
    child.on("close", (code, killer) => {
      signal.removeEventListener("abort", end);
      if (code === 0) resolve(undefined);
      else
        resolve(
          `${killer ? `it was ended by ${killer}` : `it ended with the code ${code}`}\n${endOf(job.log)}`,
        );
    });
  });
}

/**
 * Runs each job once. A failing job does not stop the others; an aborted signal ends those that run and starts no more.
 *
 * @param {Job[]} list
 * @param {{ jobs: number, environment: Record<string, string>, signal: AbortSignal, listener: Listener }} options `jobs` is how many run at once.
 */
export async function runJobs(list, options) {
  const { jobs, signal, listener } = options;
  const waiting = list.values();
  const work = async () => {
    for (const job of waiting) {
      if (signal.aborted) return;
      listener.started(job);
      const error = await runJob(job, options);
      if (!signal.aborted || error === undefined) listener.ended(job, error);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}
