/** A long-running Python program that never outlives the command that started it. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const guard = fileURLToPath(new URL("guarded.py", import.meta.url));
/** How often to look whether npm, or whatever started this process, is still there. */
const lookMs = 500;
/** How long the program may take to end its own children. */
const patienceMs = 10_000;

/**
 * Runs a Python module to its end. It is told to end when this process is, by whatever signal, and when the parent of
 * this process is gone, as npm is when it alone was killed.
 * @param {string} python
 * @param {string[]} args the module, and its arguments
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<number>} its exit status
 */
export async function runGuarded(python, args, options) {
  const child = spawn(python, [guard, ...args], {
    ...options,
    stdio: ["inherit", "inherit", "inherit", "pipe"],
  });
  const end = () => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), patienceMs).unref();
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.removeAllListeners(signal);
    process.on(signal, end);
  }
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    end();
  }, lookMs);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 1));
    });
  } finally {
    clearInterval(look);
  }
}
