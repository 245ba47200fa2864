/** Answers for a dead kernel: the cell that ran gets an error, a reply and an idle status on the dead one's own sockets. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { bind } from "./bind.mjs";
import { zeromqOf } from "./tslab.mjs";
import { Wire } from "./wire.mjs";

/** How long Jupyter's tools may take to find the sockets again; they look ten times a second, on a busy machine less often. */
const patienceMs = 10_000;
/** Those that come a little later are waited for as well, and what was sent must leave. */
const lingerMs = 300;
/** How long they may take to read it: those that look whether the kernel lives first would only know that it does not. */
const readMs = 1000;
const againMs = 50;

/**
 * @param {string} configPath Jupyter's connection file.
 * @param {string} root The repository.
 * @param {import("./lifeline.mjs").Running} running The request that the dead kernel was answering.
 * @param {string} reason
 * @returns {Promise<boolean>} Whether anybody heard it.
 */
export async function tellOfDeath(configPath, root, running, reason) {
  const connection = JSON.parse(readFileSync(configPath, "utf8"));
  const { Router, XPublisher } = createRequire(import.meta.url)(zeromqOf(root));
  const shell = new Router({ mandatory: true, linger: lingerMs });
  const iopub = new XPublisher({ linger: lingerMs, receiveTimeout: patienceMs });
  const wire = new Wire(connection.key, randomUUID());
  const request = { header: running.header, identity: identityOf(running) };
  const error = { ename: "KernelDied", evalue: reason, traceback: [`KernelDied: ${reason}`] };
  const content = { status: "error", execution_count: running.count, ...error };

  async function publish() {
    await bind(iopub, connection, connection.iopub_port, patienceMs);
    await iopub.receive(); // that somebody listens, which comes when they next look
    await sleep(lingerMs);
    await iopub.send(wire.broadcast(request, "error", error));
    await iopub.send(wire.broadcast(request, "status", { execution_state: "idle" }));
  }
  async function reply() {
    await bind(shell, connection, connection.shell_port, patienceMs);
    await sendWhenThere(shell, wire.reply(request, "execute_reply", content));
  }
  try {
    await Promise.all([publish(), reply()]);
    await sleep(readMs);
    return true;
  } catch (failure) {
    console.error(`[kernel] ${reason} (It could not be told to the cell: ${failure.message})`);
    return false;
  } finally {
    shell.close();
    iopub.close();
  }
}

const identityOf = ({ identity }) => identity.map((part) => Buffer.from(part, "hex"));

/** Whoever asked may not have come back yet. */
async function sendWhenThere(shell, frames) {
  for (const deadline = Date.now() + patienceMs; ; await sleep(againMs)) {
    try {
      return await shell.send(frames);
    } catch (error) {
      if (error.code !== "EHOSTUNREACH" || Date.now() > deadline) throw error;
    }
  }
}
