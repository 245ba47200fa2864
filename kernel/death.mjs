/** Why a process that ran cells has ended, in words for the person whose cells they were. */
import { readFileSync } from "node:fs";
import { getHeapStatistics } from "node:v8";

const heapFull =
  /heap out of memory|Reached heap limit|invalid table size|invalid array length Allocation failed/i;
const noMemory = /std::bad_alloc|cannot allocate memory|OOM when allocating|failed to allocate/i;

/** @returns {number} So many processes Linux has ended for want of memory since it was started; 0 on other systems. */
export function oomKills() {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * @param {object} death
 * @param {number} [death.exit] The status that code called process.exit with.
 * @param {string | null} death.signal The signal that ended the process.
 * @param {string} death.said The end of its standard error.
 * @param {boolean} death.oomKilled Whether Linux ended a process for want of memory meanwhile.
 * @returns {string} Why, and what to do.
 */
export function reasonOf(death) {
  const [why, advice] = causeOf(death);
  const restart =
    "Its variables are gone: restart it, unless Jupyter has, and run the cells above; a run that saves itself goes on from its last checkpoint.";
  return `The kernel died: ${why}. ${advice} ${restart}`;
}

/** @param {Parameters<typeof reasonOf>[0]} death @returns {[why: string, advice: string]} */
function causeOf({ exit, signal, said, oomKilled }) {
  if (exit !== undefined)
    return [
      `process.exit(${exit}) was called`,
      "Leave that call out: throw an error to end a cell.",
    ];
  if (heapFull.test(said)) return heapCause();
  if (noMemory.test(said) || (signal === "SIGKILL" && oomKilled))
    return [
      `the machine ran out of memory${signal === "SIGKILL" ? ", and the operating system ended the kernel (SIGKILL)" : ` (${signal})`}`,
      "Shut down other kernels, or take smaller batches, networks or samples; gan.tensors() lists what is alive.",
    ];
  if (signal === "SIGKILL")
    return [
      "another program or the operating system ended it (SIGKILL)",
      "Mostly a limit on memory or time was reached, or somebody ran kill -9.",
    ];
  if (signal === "SIGTERM" || signal === "SIGHUP" || signal === "SIGINT")
    return [`another program asked it to end (${signal})`, ""];
  return [
    `native code crashed (${signal})${lastLine(said)}`,
    "If it comes again, `npm run doctor` looks at the installation; report the cell otherwise.",
  ];
}

/** @returns {[why: string, advice: string]} */
function heapCause() {
  const megabytes = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
  return [
    `JavaScript's own memory, at most ${megabytes} MB, was full`,
    `An array, a text or a list that grows without end fills it (tensors lie elsewhere). Keep less, or start Jupyter with NODE_OPTIONS=--max-old-space-size=${2 * megabytes}, where the machine has as much.`,
  ];
}

/** What a crash said at last, but for the lines of its stack. */
function lastLine(said) {
  const lines = said.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => /[a-z]{3}/i.test(line) && !/^(at |\d+: |#)/.test(line));
  return told.length === 0 ? "" : `; at last it said: ${told.at(-1)?.slice(0, 300)}`;
}
