/** How much came over the network. */
import { readFile } from "node:fs/promises";

/**
 * Bytes that this machine has received since it started, on all devices but the loopback: what other programs
 * receive counts too, so a difference is an upper bound for one's own.
 * @param {string} [table] the kernel's table of network devices
 * @returns {Promise<number | undefined>} undefined where the system has no such table (it is Linux's)
 */
export async function receivedBytes(table = "/proc/net/dev") {
  const text = await readFile(table, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  let bytes = 0;
  for (const [, device, count] of text.matchAll(/^\s*(\S+):\s*(\d+)/gm)) {
    if (device !== "lo" && isHardware(device ?? "")) bytes += Number(count);
  }
  return bytes;
}

/** Bridges and the pairs of containers see the same bytes again. */
const isHardware = (/** @type {string} */ device) =>
  !/^(br-|docker|veth|virbr|ifb|tun|tap)/.test(device);
