/** Binding a socket to a port that somebody else chose: Jupyter looks for free ports, but one can be taken again until the kernel is up. */
import { setTimeout as sleep } from "node:timers/promises";

/** How long a port may stay taken; Jupyter's tools wait 60 s for a kernel. */
const patienceMs = 30_000;
const againMs = 100;

/**
 * Binds a socket, and waits while another program has the port: mostly one whose connection passes, or that looked for a
 * free port of its own.
 *
 * @param {import("zeromq").Socket} socket
 * @param {{ transport: string, ip: string }} connection Jupyter's connection file.
 * @param {number} port
 * @param {number} [patience] In milliseconds.
 * @throws {Error} naming the address when it stays taken.
 */
export async function bind(socket, { transport, ip }, port, patience = patienceMs) {
  const address = `${transport}://${ip}:${port}`;
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await socket.bind(address);
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
      if (Date.now() > deadline) throw new Error(taken(address, patience), { cause: error });
    }
    await sleep(againMs);
  }
}

function taken(address, patience) {
  return `Another program has held ${address} for ${patience / 1000} s; Jupyter had chosen it for this kernel. Start the kernel again: Jupyter chooses anew.`;
}
