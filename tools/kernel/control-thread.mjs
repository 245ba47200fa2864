/**
 * The control thread: hears interrupts and shutdowns while the main thread is busy, and ends what does not end by
 * itself. Worker data: connection (the connection file's content), zeromq (path), session, info, state.
 */
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { clock, slot } from "./state.mjs";
import { Wire } from "./wire.mjs";

/** How long the main thread may take to carry out an interrupt before its stack is dropped. */
const patienceMs = 700;
/** The same for a library that stops between its steps: no step is to be left half done. */
const steppingPatienceMs = 5000;
/** Such a library has asked within this time whether it should stop. */
const steppingMs = 2000;
/** How long the main thread may take to shut down. */
const shutDownMs = 700;

const { connection, zeromq, session, info, state } = workerData;
const { Router, Reply } = createRequire(import.meta.url)(zeromq);
const wire = new Wire(connection.key, session);
const control = new Router();
const heartbeat = new Reply();
let interrupts = 0;

const answers = {
  kernel_info_request: () => info,
  interrupt_request: () => {
    interrupt();
    return { status: "ok" };
  },
  shutdown_request: ({ restart = false }) => {
    shutDown();
    return { status: "ok", restart };
  },
};

function interrupt() {
  interrupts += 1;
  Atomics.store(state, slot.interruptedThrough, Atomics.load(state, slot.started));
  parentPort.postMessage({ type: "interrupt", number: interrupts });
  void endBy(interrupts);
}

/** Drops the main thread's stack, again and again, until the interrupt of this number has been carried out. */
async function endBy(number) {
  const stepping = clock() - Atomics.load(state, slot.steppedAt) < steppingMs;
  await sleep(stepping ? steppingPatienceMs : patienceMs);
  while (Atomics.load(state, slot.settled) < number) {
    if (Atomics.load(state, slot.compiling) === 0) await dropStack();
    await sleep(100);
  }
}

async function dropStack() {
  const inspector = new Session();
  inspector.connectToMainThread();
  // Node keeps a stack of asynchronous contexts beside the real one and ends the process when they disagree.
  const expression = "globalThis[Symbol.for('jupyter.kernel.clearAsyncStack')]()";
  inspector.post("Runtime.evaluate", { expression });
  await new Promise((resolve) => inspector.post("Runtime.terminateExecution", resolve));
  inspector.disconnect();
  parentPort.postMessage({ type: "hardStop" });
}

function shutDown() {
  parentPort.postMessage({ type: "shutDown" });
  setTimeout(() => process.kill(process.pid, "SIGKILL"), shutDownMs);
}

/** A kernel whose Jupyter has died must not live on. */
function watchParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) shutDown();
  }, 1000).unref();
}

async function serveControl() {
  for await (const frames of control) {
    try {
      await answer(wire.read(frames));
    } catch (error) {
      parentPort.postMessage({ type: "complaint", error });
    }
  }
}

async function answer(message) {
  const type = message.header.msg_type;
  const content = answers[type]?.(message.content) ?? { status: "error", ename: "UnknownRequest", evalue: type, traceback: [] };
  await control.send(wire.reply(message, type.replace(/_request$/, "_reply"), content));
  parentPort.postMessage({ type: "answered", message });
}

async function serveHeartbeat() {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

function close() {
  control.close();
  heartbeat.close();
}

const address = (port) => `${connection.transport}://${connection.ip}:${port}`;
await Promise.all([control.bind(address(connection.control_port)), heartbeat.bind(address(connection.hb_port))]);
if (process.env.JPY_PARENT_PID) watchParent();
parentPort.on("message", close);
parentPort.postMessage({ type: "bound" });
// Both end when their sockets are closed.
await Promise.all([serveControl(), serveHeartbeat()]);
Atomics.store(state, slot.closed, 1);
Atomics.notify(state, slot.closed);
