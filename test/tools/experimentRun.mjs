/** Starts `tools/experiment.mjs` as a person does, for tests. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inRoot, root } from "../../tools/setup/paths.mjs";

/** The plan of the tests. */
export const tinyGanPlan = inRoot("test", "tools", "tinyGanPlan.mjs");

/**
 * @param {string[]} args
 * @param {Record<string, string>} environment Added to this process's.
 * @returns {{ child: import("node:child_process").ChildProcess, ended: Promise<{ code: number | null, signal: string | null, stdout: string, stderr: string }> }}
 */
export function startExperiment(args, environment = {}) {
  const child = spawn(process.execPath, ["tools/experiment.mjs", ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"])
    child[stream].setEncoding("utf8").on("data", (chunk) => (said[stream] += chunk));
  const ended = new Promise((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, ...said })),
  );
  return { child, ended };
}

/** @returns {Record<string, object>} What the finished cells left, by their files' names. */
export function cellsIn(folder) {
  const cells = path.join(folder, "tiny-gan", "cells");
  const files = existsSync(cells)
    ? readdirSync(cells)
        .filter((name) => name.endsWith(".json"))
        .sort()
    : [];
  return Object.fromEntries(
    files.map((name) => [name, JSON.parse(readFileSync(path.join(cells, name), "utf8"))]),
  );
}

/** @returns {{ pid: number, startAt: number }[]} What each cell of a seed printed when it last began. */
export function beginningsIn(folder, seed) {
  const cells = path.join(folder, "tiny-gan", "cells");
  const logs = existsSync(cells)
    ? readdirSync(cells).filter((name) => name.includes(`-seed${seed}-`) && name.endsWith(".log"))
    : [];
  return logs.flatMap((name) => {
    const said = readFileSync(path.join(cells, name), "utf8");
    const found = [...said.matchAll(/process (\d+) begins after step (\d+)/g)].at(-1);
    return found ? [{ pid: Number(found[1]), startAt: Number(found[2]) }] : [];
  });
}

/** @returns {boolean} Whether a process is there. */
export function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until a condition holds; the test's own limit ends it where it never does. */
export async function until(condition) {
  while (!condition()) await wait(50);
}

/** @returns {Promise<number[]>} The processes of both cells of a seed, when each has saved its third checkpoint. */
export async function waitingCells(folder, seed) {
  const cells = path.join(folder, "tiny-gan", "cells");
  const saved = () =>
    readdirSync(cells, { recursive: true }).filter((name) =>
      new RegExp(`-seed${seed}-.*-step-30-.*\\.safetensors$`).test(String(name)),
    );
  await until(() => existsSync(cells) && saved().length === 2);
  return beginningsIn(folder, seed).map(({ pid }) => pid);
}
