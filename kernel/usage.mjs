/** What the kernel takes of the machine, in the words of ipykernel's `usage_reply`, which jupyter-resource-usage shows. */
import { cpus, freemem, hostname, totalmem } from "node:os";

let before = { at: performance.now(), cpu: process.cpuUsage() };

/** @returns {object} Memory in bytes; the share of a processor since the last call in percent, above 100 for several. */
export function usage() {
  const now = { at: performance.now(), cpu: process.cpuUsage() };
  const busyMs = (now.cpu.user - before.cpu.user + now.cpu.system - before.cpu.system) / 1000;
  const percent = (100 * busyMs) / Math.max(1, now.at - before.at);
  before = now;
  const [total, available] = [totalmem(), freemem()];
  return {
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: percent,
    kernel_memory: process.memoryUsage.rss(),
    cpu_count: cpus().length,
    host_cpu_percent: percent / cpus().length,
    host_virtual_memory: {
      total,
      available,
      percent: (100 * (total - available)) / total,
      used: total - available,
      free: available,
    },
  };
}
