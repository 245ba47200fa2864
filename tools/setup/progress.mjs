/** What set-up prints: a line for each step that is begun and ended, and on a terminal one that counts the seconds. */
import { duration } from "./format.mjs";

/**
 * @typedef {object} Progress
 * @property {(title: string) => (outcome: "done" | "checked" | "failed") => void} begin
 * @property {(line: string) => void} say prints a line by itself
 */

const marks = { done: "✓", checked: "✓", failed: "✗" };

/**
 * Progress on a stream. Control codes are written only to a terminal, and never where `CI` is set.
 * @param {import("node:tty").WriteStream | NodeJS.WritableStream & { isTTY?: boolean }} out
 * @param {Record<string, string | undefined>} env
 * @returns {Progress}
 */
export function createProgress(out = process.stdout, env = process.env) {
  const live = out.isTTY === true && !env["CI"];
  /** @type {Map<string, number>} */
  const running = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const clear = () => live && out.write("\r\x1b[K");
  const draw = () => {
    const parts = [...running].map(([title, start]) => `${title} ${duration(Date.now() - start)}`);
    out.write(`\r\x1b[K  ${parts.join("  |  ").slice(0, 100)}`);
  };
  const say = (/** @type {string} */ line) => {
    clear();
    out.write(`${line}\n`);
  };
  return {
    say,
    begin(title) {
      const start = Date.now();
      running.set(title, start);
      if (live) timer ??= setInterval(draw, 1000).unref();
      else say(`  ${title} ...`);
      return (outcome) => {
        running.delete(title);
        say(`${marks[outcome]} ${title}  ${outcome} in ${duration(Date.now() - start)}`);
        if (running.size === 0) timer = void clearInterval(timer);
      };
    },
  };
}
