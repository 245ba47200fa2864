/** Answers Jupyter's requests, one at a time. */
import { completeReply, foundNames } from "./completion.mjs";
import { describeError } from "./errors.mjs";
import { History, historyFile } from "./history.mjs";
import { calleeBefore, inspectReply } from "./inspection.mjs";
import { tellRunning } from "./lifeline.mjs";
import { fromJupyter, toJupyter } from "./positions.mjs";
import { settle } from "./settle.mjs";

/** Answers each kind of request with the content of its reply. */
export class Requests {
  #parts;
  #lastWords;
  #history;
  #counted = 0;
  #uncounted = 0;

  /**
   * @param {object} parts
   * @param {object} parts.handler tslab's handler, for what needs no change.
   * @param {object} parts.info The content of `kernel_info_reply`.
   * @param {ReturnType<import("./cells.mjs").createCells>} parts.cells
   * @param {import("./executions.mjs").Executions} parts.executions
   * @param {import("./faults.mjs").Faults} parts.faults
   * @param {import("./scripts.mjs").Scripts} parts.scripts
   * @param {(value: unknown) => Promise<object>} parts.toMimeBundle
   * @param {string} parts.root The repository.
   * @param {string} parts.lastWords Why the kernel before this one died; empty where it did not, or has said so.
   * @param {(parent: object, type: string, content: object) => void} parts.publish
   * @param {import("./comms.mjs").Comms} parts.comms
   * @param {() => void} parts.flush Sends printed text that waits.
   * @param {(error: unknown) => void} parts.complain Reports a fault of the kernel itself.
   * @param {() => void} parts.shutDown
   */
  constructor(parts) {
    this.#parts = parts;
    this.#lastWords = parts.lastWords;
    this.#history = new History(historyFile(process.env), parts.complain);
  }

  /** A message of a comm, which has no reply. */
  hear({ header, content }) {
    this.#parts.comms.receive(header.msg_type, content);
  }

  /** Reports a fault of the kernel itself. */
  complain(error) {
    this.#parts.complain(error);
  }

  /**
   * @param {import("./wire.mjs").Message} message
   * @returns {Promise<{ content: object, stopQueue?: boolean }>} `stopQueue` where waiting executions are to be aborted.
   */
  async answer(message) {
    const { cells, flush } = this.#parts;
    cells.repair();
    try {
      return await this.#contentOf(message);
    } finally {
      cells.repair();
      flush();
    }
  }

  async #contentOf(message) {
    const { handler, info, shutDown } = this.#parts;
    const { content } = message;
    switch (message.header.msg_type) {
      case "execute_request":
        return this.#execute(message);
      case "kernel_info_request":
        return { content: info };
      case "is_complete_request":
        return { content: handler.handleIsComplete(content) };
      case "inspect_request":
        return { content: this.#inspect(content) };
      case "complete_request":
        return { content: this.#complete(content) };
      case "comm_info_request":
        return { content: { status: "ok", comms: this.#parts.comms.info(content.target_name) } };
      case "history_request":
        return { content: { status: "ok", history: this.#history.answer(content) } };
      case "shutdown_request":
        setImmediate(shutDown);
        return { content: { status: "ok", restart: content.restart ?? false } };
      default:
        throw new Error(`This kernel does not know ${message.header.msg_type}.`);
    }
  }

  #inspect({ code, cursor_pos: cursor }) {
    const { cells } = this.#parts;
    const at = fromJupyter(code, cursor);
    const info = cells.inspect(code, at);
    const callee = info ? undefined : calleeBefore(code, at);
    return inspectReply(callee === undefined ? info : cells.inspect(code, callee));
  }

  #complete({ code, cursor_pos: cursor }) {
    const { cells } = this.#parts;
    const at = fromJupyter(code, cursor);
    const found = cells.completeImport(code, at) ?? foundNames(cells.complete(code, at));
    return completeReply(found, (position) => toJupyter(code, position));
  }

  async #execute(message) {
    const {
      code,
      silent = false,
      store_history: store = !silent,
      user_expressions: expressions = {},
    } = message.content;
    const { stop_on_error: stopOnError = true } = message.content;
    const counted = store && !silent;
    if (counted) this.#history.add((this.#counted += 1), code);
    const count = this.#counted;
    const publish = silent
      ? () => {}
      : (type, content) => this.#parts.publish(message, type, content);
    tellRunning(message, count);
    publish("execute_input", { code, execution_count: count });
    if (!silent) this.#sayLastWords(publish);
    const description = { ...this.#name(counted), publish };
    try {
      const value = await this.#run(description, code, !silent);
      if (value !== undefined) publish("execute_result", { ...value, execution_count: count });
      const results = await this.#evaluate(expressions);
      return {
        content: { status: "ok", execution_count: count, user_expressions: results, payload: [] },
      };
    } catch (error) {
      const shown = this.#describe(error);
      publish("error", shown);
      return {
        content: { status: "error", execution_count: count, ...shown },
        stopQueue: stopOnError,
      };
    }
  }

  /** Why the kernel before this one died, once. */
  #sayLastWords(publish) {
    if (this.#lastWords) publish("stream", { name: "stderr", text: `${this.#lastWords}\n` });
    this.#lastWords = "";
  }

  #name(counted) {
    if (counted) return { script: `cell[${this.#counted}]`, title: `cell [${this.#counted}]` };
    this.#uncounted += 1;
    return { script: `silent[${this.#uncounted}]`, title: `silent cell [${this.#uncounted}]` };
  }

  /** Runs code to the end of what it leaves running; resolves with its value's MIME bundle, undefined where it has none. */
  async #run(description, code, failOnFault) {
    const { cells, executions, faults, toMimeBundle } = this.#parts;
    faults.install();
    const fault = failOnFault ? faults.take() : undefined;
    if (fault) throw fault;
    return executions.run(description, async (execution) => {
      const { value } = await cells.run(code);
      const bundle = value === undefined ? undefined : await toMimeBundle(value);
      await settle(execution);
      executions.throwIfPending();
      return bundle;
    });
  }

  async #evaluate(expressions) {
    const results = {};
    for (const [name, expression] of Object.entries(expressions)) {
      const description = { ...this.#name(false), publish() {} };
      try {
        const value = await this.#run(description, `(${expression})`, false);
        results[name] = { status: "ok", data: {}, metadata: {}, ...value };
      } catch (error) {
        results[name] = { status: "error", ...this.#describe(error) };
      }
    }
    return results;
  }

  #describe(error) {
    return describeError(error, this.#parts.scripts, this.#parts.root);
  }
}
