/** Runs a program, shows what it prints, and keeps the end of it. */
import { spawn } from "node:child_process";
import { root } from "../setup/paths.mjs";
import { print } from "./output.mjs";

/** How much output is kept for the summary. */
const TAIL = 4000;

/**
 * @param {string[]} command The program and its arguments.
 * @param {Record<string, string | undefined>} environment Added to this process's; undefined takes a variable out.
 * @returns {Promise<{ code: number, tail: string }>} The exit code (1 where the program did not start or was killed)
 *   and the end of its output. Never rejects.
 */
export function runChild([program, ...args], environment = {}) {
  return new Promise((resolve) => {
    let tail = "";
    const keep = (chunk, stream) => {
      if (stream) print(chunk, stream);
      tail = (tail + chunk).slice(-TAIL);
    };
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.setEncoding("utf8").on("data", (chunk) => keep(chunk, process.stdout));
    child.stderr.setEncoding("utf8").on("data", (chunk) => keep(chunk, process.stderr));
    child.on("error", (error) => {
      keep(`${program} did not start: ${error.message}`);
      resolve({ code: 1, tail });
    });
    child.on("close", (code, signal) => {
      if (signal) keep(`\n${program} was ended by ${signal}`);
      resolve({ code: code ?? 1, tail });
    });
  });
}
