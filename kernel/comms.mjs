/** Comms: messages between a notebook's page and the code of cells, which widgets are made of. */
import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";

/**
 * @typedef {object} Comm One open line.
 * @property {string} id
 * @property {(data: object, metadata?: object) => void} send
 * @property {(data?: object) => void} close
 */

/**
 * @typedef {object} CommOptions
 * @property {object} [data] What the page gets with the opening.
 * @property {object} [metadata]
 * @property {(data: object) => void} [onMessage] Called with what the page sends, also while a cell runs that awaits.
 * @property {() => void} [onClose] Called when the page closes the line.
 */

/** The open comms of a kernel. */
export class Comms {
  #publish;
  /** @type {Map<string, { target: string, onMessage?: Function, onClose?: Function }>} */
  #open = new Map();
  /** @type {Map<string, (comm: Comm, data: object) => Pick<CommOptions, "onMessage" | "onClose">>} */
  #targets = new Map();

  /** @param {(type: string, content: object, metadata?: object) => void} publish Sends to every page. */
  constructor(publish) {
    this.#publish = publish;
  }

  /** What libraries get. What they print in a callback goes to the cell that opened the comm. */
  get handle() {
    return Object.freeze({
      /** @param {string} target @param {CommOptions} [options] @returns {Comm} */
      open: (target, options = {}) => this.#start(target, options),
      /** Answers to comms that a page opens. @param {string} target @param {(comm: Comm, data: object) => object} onOpen */
      register: (target, onOpen) => void this.#targets.set(target, onOpen),
    });
  }

  /** @param {string} [target] The open comms, all or those of a target, as `comm_info_reply` lists them. */
  info(target) {
    const all = [...this.#open].filter(([, comm]) => !target || comm.target === target);
    return Object.fromEntries(all.map(([id, comm]) => [id, { target_name: comm.target }]));
  }

  /** Takes a message from a page. @param {string} type @param {any} content */
  receive(type, { comm_id: id, target_name: target, data = {} }) {
    if (type === "comm_open") return this.#opened(id, target, data);
    const comm = this.#open.get(id);
    if (type === "comm_close") this.#open.delete(id);
    const call = type === "comm_close" ? comm?.onClose : comm?.onMessage;
    call?.(data);
  }

  #start(target, { data = {}, metadata = {}, ...callbacks }) {
    const id = randomUUID();
    this.#open.set(id, { target, ...bound(callbacks) });
    this.#publish("comm_open", { comm_id: id, target_name: target, data }, metadata);
    return this.#lineOf(id);
  }

  #opened(id, target, data) {
    const onOpen = this.#targets.get(target);
    if (onOpen === undefined) return this.#publish("comm_close", { comm_id: id, data: {} });
    this.#open.set(id, { target });
    this.#open.set(id, { target, ...bound(onOpen(this.#lineOf(id), data) ?? {}) });
  }

  #lineOf(id) {
    return Object.freeze({
      id,
      send: (data, metadata) => this.#publish("comm_msg", { comm_id: id, data }, metadata),
      close: (data = {}) => {
        if (this.#open.delete(id)) this.#publish("comm_close", { comm_id: id, data });
      },
    });
  }
}

/** Callbacks that belong to the cell that made them, and whose errors are printed there. */
function bound(callbacks) {
  const wrap = (callback) =>
    AsyncResource.bind(async (...values) => {
      try {
        await callback(...values);
      } catch (error) {
        console.error(error);
      }
    });
  const given = Object.entries(callbacks).filter(([, callback]) => typeof callback === "function");
  return Object.fromEntries(given.map(([name, callback]) => [name, wrap(callback)]));
}
