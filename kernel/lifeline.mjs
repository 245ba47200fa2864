/**
 * Two pipes between the process that runs the cells and the launcher, which outlives it. Upwards goes what runs, written
 * before it runs, since a process that dies says nothing any more. Downwards comes one word, to shut down; its end means
 * that the launcher is gone.
 */
import { writeSync } from "node:fs";
import { Socket } from "node:net";

/** The pipes' places among the file descriptors. */
export const upwards = 3;
export const downwards = 4;

/**
 * @typedef {object} Running An execute request that is being answered.
 * @property {object} header
 * @property {string[]} identity Where its reply goes, each part in hex.
 * @property {number} count Its execution count.
 */

/** Lines to the launcher. */
const tell = (line) => {
  try {
    writeSync(upwards, `${JSON.stringify(line)}\n`);
  } catch {
    // The launcher is gone: the control thread ends this process.
  }
};

/** @param {object} info The content of `kernel_info_reply`. */
export const tellInfo = (info) => tell({ info });

/** @param {import("./wire.mjs").Message} message @param {number} count Its execution count. */
export const tellRunning = ({ header, identity }, count) =>
  tell({ running: { header, identity: identity.map((part) => part.toString("hex")), count } });

/** The request has its reply. */
export const tellIdle = () => tell({ running: null });

/** The process is about to end because it was asked to. */
export const tellClosing = () => tell({ closing: true });

/** @param {number} code A cell's process.exit. */
export const tellExit = (code) => tell({ exit: code });

/** @param {() => void} shutDown Called when Jupyter is gone. */
export function listenToLauncher(shutDown) {
  const socket = new Socket({ fd: downwards, readable: true, writable: false });
  socket.on("data", shutDown);
  socket.on("error", () => {});
  socket.on("close", () => process.kill(process.pid, "SIGKILL"));
  socket.unref();
}
