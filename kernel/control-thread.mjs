/**
 * The control thread: hears interrupts and shutdowns while the main thread is busy, and ends what does not end by
 * itself.
 */
import { Session } from "node:inspector";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { bind } from "./bind.mjs";
import { listenToLauncher, tellClosing } from "./lifeline.mjs";
import { slot } from "./state.mjs";
import { usage } from "./usage.mjs";
import { Wire } from "./wire.mjs";

/** How long the main thread may take to carry out an interrupt before its stack is dropped. */
const patienceMs = 700;
/** The same for a cell in which a library stops between its steps: no step is to be left half done. */
const steppingPatienceMs = 12_000;
/** How long it may take to answer a call after that. */
const callAgainMs = 400;
/** How long the main thread may take to shut down. */
const shutDownMs = 700;

/**
 * @typedef {object} ControlData What the main thread gives to this one.
 * @property {{ transport: string, ip: string, key: string, control_port: number, hb_port: number }} connection The
 *   connection file's content.
 * @property {string} zeromq The path of the module.
 * @property {string} session This kernel's session id.
 * @property {object} info The content of `kernel_info_reply`.
 * @property {Int32Array} state The shared numbers.
 */

const { connection, zeromq, session, info, state } = /** @type {ControlData} */ (workerData);
const main = mainThread();
/** @type {typeof import("zeromq")} */
const { Router } = createRequire(import.meta.url)(zeromq);
const wire = new Wire(connection.key, session);
const control = new Router();
// Not a Reply socket: bytes that are no message, from whomever, end the process that holds one.
const heartbeat = new Router();
let interrupts = 0;
let calls = 0;

const answers = {
  kernel_info_request: () => info,
  usage_request: () => usage(),
  interrupt_request: () => {
    interrupt();
    return { status: "ok" };
  },
  shutdown_request: ({ restart = false }) => {
    shutDown();
    return { status: "ok", restart };
  },
};

function mainThread() {
  if (parentPort === null)
    throw new Error("control-thread.mjs is a thread: control.mjs starts it.");
  return parentPort;
}

function interrupt() {
  interrupts += 1;
  Atomics.store(state, slot.interruptedThrough, Atomics.load(state, slot.started));
  main.postMessage({ type: "interrupt", number: interrupts });
  void endBy(interrupts);
}

/**
 * Drops the main thread's stack while it is stuck, until the interrupt of this number has been carried out. A thread
 * that hears calls is not stuck: dropping its stack would hit the kernel's own work, or the next cell.
 */
async function endBy(number) {
  const stepping = Atomics.load(state, slot.stepping) === Atomics.load(state, slot.started);
  let call = callMain();
  await sleep(stepping ? steppingPatienceMs : patienceMs);
  while (Atomics.load(state, slot.settled) < number) {
    const stuck =
      Atomics.load(state, slot.heard) < call && Atomics.load(state, slot.compiling) === 0;
    if (stuck) await dropStack();
    call = callMain();
    await sleep(callAgainMs);
  }
}

function callMain() {
  calls += 1;
  main.postMessage({ type: "call", number: calls });
  return calls;
}

/** Drops the main thread's stack by the debugger's door, which is open also while that thread is busy. */
async function dropStack() {
  const inspector = new Session();
  inspector.connectToMainThread();
  const expression = "globalThis[Symbol.for('jupyter.kernel.beforeHardStop')]()";
  inspector.post("Runtime.evaluate", { expression });
  const dropped = new Promise((resolve) => inspector.post("Runtime.terminateExecution", resolve));
  await Promise.race([dropped, sleep(callAgainMs)]);
  inspector.disconnect();
  main.postMessage({ type: "hardStop" });
}

function shutDown() {
  tellClosing();
  main.postMessage({ type: "shutDown" });
  setTimeout(() => process.kill(process.pid, "SIGKILL"), shutDownMs);
}

async function serveControl() {
  for await (const frames of control) {
    try {
      await answer(wire.read(frames));
    } catch (error) {
      main.postMessage({ type: "complaint", error });
    }
  }
}

async function answer(message) {
  const type = message.header.msg_type;
  const content = answers[type]?.(message.content) ?? {
    status: "error",
    ename: "UnknownRequest",
    evalue: type,
    traceback: [],
  };
  await control.send(wire.reply(message, type.replace(/_request$/, "_reply"), content));
  main.postMessage({ type: "answered", message });
}

async function serveHeartbeat() {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

function close() {
  control.close();
  heartbeat.close();
}

await Promise.all([
  bind(control, connection, connection.control_port),
  bind(heartbeat, connection, connection.hb_port),
]);
listenToLauncher(shutDown);
main.on("message", close);
main.postMessage({ type: "bound" });
// Both end when their sockets are closed.
await Promise.all([serveControl(), serveHeartbeat()]);
Atomics.store(state, slot.closed, 1);
Atomics.notify(state, slot.closed);
