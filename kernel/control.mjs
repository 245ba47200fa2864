/** The main thread's side of the control thread. */
import { Worker } from "node:worker_threads";
import { slot } from "./state.mjs";

/** How long the control thread may take to close its sockets. */
const closeMs = 300;

/**
 * Starts the control thread, which serves the control and heartbeat sockets while cells run.
 *
 * @param {import("./control-thread.mjs").ControlData} data What the thread needs.
 * @param {object} on
 * @param {() => Promise<void>} on.interrupt Carries out an interrupt; resolves when the running cell has ended.
 * @param {() => void} on.hardStop Called after the main thread's stack was dropped.
 * @param {() => void} on.shutDown
 * @param {(error: Error) => void} on.complain Told of requests that could not be read or answered.
 * @param {(message: object, state: string) => void} on.status Publishes the kernel's state on a control request.
 * @returns {Promise<Worker>} Resolves when the sockets are bound.
 */
export function startControl(data, on) {
  const worker = new Worker(new URL("./control-thread.mjs", import.meta.url), {
    workerData: data,
  });
  // ZeroMQ's sockets do not survive the end of their thread, and process.exit, in a cell as well, ends it.
  process.on("exit", () => {
    worker.postMessage("close");
    Atomics.wait(data.state, slot.closed, 0, closeMs);
  });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", async ({ type, number, message, error }) => {
      if (type === "bound") resolve(worker);
      if (type === "call") Atomics.store(data.state, slot.heard, number);
      if (type === "complaint") on.complain(error);
      if (type === "answered") for (const state of ["busy", "idle"]) on.status(message, state);
      if (type === "hardStop") on.hardStop();
      if (type === "shutDown") on.shutDown();
      if (type !== "interrupt") return;
      await on.interrupt();
      Atomics.store(data.state, slot.settled, number);
    });
  });
}
