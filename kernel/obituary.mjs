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
/** How long they may take to read it and to ask on: some look at what a cell said only when the kernel has answered again. */
const readMs = 1500;
const againMs = 50;

/**
 * @param {string} configPath Jupyter's connection file.
 * @param {string} root The repository.
 * @param {{ running: import("./lifeline.mjs").Running, info: object, reason: string }} death The request that the dead kernel
 *   was answering, what it said of itself, and why it died.
 * @returns {Promise<boolean>} Whether anybody heard it.
 */
export async function tellOfDeath(configPath, root, { running, info, reason }) {
  const connection = JSON.parse(readFileSync(configPath, "utf8"));
  const { Router, XPublisher } = createRequire(import.meta.url)(zeromqOf(root));
  const shell = new Router({ mandatory: true, linger: lingerMs });
  const iopub = new XPublisher({ linger: lingerMs, receiveTimeout: patienceMs });
  const wire = new Wire(connection.key, randomUUID());
  const speaker = { shell, iopub, wire, reason };
  const request = { header: running.header, identity: identityOf(running) };
  try {
    await bind(iopub, connection, connection.iopub_port, patienceMs);
    await bind(shell, connection, connection.shell_port, patienceMs);
    await Promise.all([
      iopub.receive().then(() => publish(speaker, request)), // when somebody listens, who comes back when they next look
      reply(speaker, request, running.count),
    ]);
    await answerOn(speaker, info, running.count).catch((failure) => console.error(failure.message));
    return true;
  } catch (failure) {
    console.error(`[kernel] ${reason} (It could not be told to the cell: ${failure.message})`);
    return false;
  } finally {
    shell.close();
    iopub.close();
  }
}

const errorOf = (reason) => ({
  ename: "KernelDied",
  evalue: reason,
  traceback: [`KernelDied: ${reason}`],
});

async function publish({ iopub, wire, reason }, request) {
  await sleep(lingerMs);
  await iopub.send(wire.broadcast(request, "error", errorOf(reason)));
  await iopub.send(wire.broadcast(request, "status", { execution_state: "idle" }));
}

function reply({ shell, wire, reason }, request, count) {
  const content = { status: "error", execution_count: count, ...errorOf(reason) };
  return sendWhenThere(shell, wire.reply(request, "execute_reply", content));
}

/** Answers those who ask on for a while: what the kernel was, and that no further cell can run. */
async function answerOn(speaker, info, count) {
  const { shell, wire } = speaker;
  shell.receiveTimeout = readMs;
  for (;;) {
    const frames = await shell.receive().catch(() => undefined);
    if (frames === undefined) return;
    const request = wire.read(frames);
    const type = request.header.msg_type;
    if (type === "kernel_info_request")
      await sendWhenThere(shell, wire.reply(request, "kernel_info_reply", info));
    if (type !== "execute_request") continue;
    await Promise.all([publish(speaker, request), reply(speaker, request, count)]);
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
