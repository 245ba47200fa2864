/** tslab's server with its requests answered in order, and the control and heartbeat sockets left to the control thread. */
import { bind } from "./bind.mjs";
import { tellIdle } from "./lifeline.mjs";
import { turn } from "./settle.mjs";

/**
 * @typedef {object} TslabServer What the kernel uses of tslab's server.
 * @property {{ transport: string, ip: string }} connInfo The connection file's content.
 * @property {import("zeromq").Router} control
 * @property {import("zeromq").Reply} hb The heartbeat's socket.
 * @property {import("zeromq").Publisher} iopub
 * @property {() => Promise<void>} init Binds the sockets and begins to serve.
 * @property {() => void} close Closes the sockets.
 */

/** What a request is answered with when the kernel itself fails over it. */
function failure(error) {
  const evalue = error instanceof Error ? error.message : String(error);
  return { status: "error", ename: "KernelError", evalue, traceback: [evalue] };
}

/**
 * Makes the server class over tslab's.
 *
 * @param {new (handler: object, configPath: string) => TslabServer} ZmqServer tslab's class.
 */
export function serverClass(ZmqServer) {
  return class Server extends ZmqServer {
    #wire;
    #requests;
    #queue = [];
    #draining = false;

    /**
     * @param {object} handler tslab's handler.
     * @param {string} configPath The connection file.
     * @param {import("./wire.mjs").Wire} wire
     * @param {import("./requests.mjs").Requests} requests Answers each kind of request.
     */
    constructor(handler, configPath, wire, requests) {
      super(handler, configPath);
      this.#wire = wire;
      this.#requests = requests;
    }

    /** Binds a socket, but for the two that the control thread serves. */
    async bindSocket(socket, port) {
      if (socket === this.control || socket === this.hb) return;
      // A cell that prints in a tight loop must not lose messages: no limit to those that wait, and each sent at once.
      socket.sendHighWaterMark = 0;
      if (socket === this.iopub) socket.sendTimeout = 0;
      await bind(socket, this.connInfo, port);
    }

    /** Takes a request from the shell socket; tslab calls it for each. */
    async handleShellMessage(socket, ...frames) {
      let message;
      try {
        message = this.#wire.read(frames);
      } catch (error) {
        this.complain(error);
        return;
      }
      if (/^comm_(open|msg|close)$/.test(message.header.msg_type)) return this.#hear(message);
      this.#queue.push({ socket, message });
      if (this.#draining) return;
      this.#draining = true;
      try {
        while (this.#queue.length > 0) await this.#answer(this.#queue.shift());
      } finally {
        this.#draining = false;
      }
    }

    /** A comm's message waits for no cell: a slider is to move while one awaits. */
    #hear(message) {
      this.publish(message, "status", { execution_state: "busy" });
      try {
        this.#requests.hear(message);
      } catch (error) {
        this.complain(error);
      } finally {
        this.publish(message, "status", { execution_state: "idle" });
      }
    }

    /** Sends to everybody; `parent` is the request that the message belongs to. */
    publish(parent, type, content, metadata) {
      if (this.iopub.closed) return; // at the end: the request to shut down is answered when the sockets are closed
      this.iopub
        .send(this.#wire.broadcast(parent, type, content, metadata))
        .catch((error) => this.complain(error));
    }

    /** Reports a fault of the kernel itself. */
    complain(error) {
      this.#requests.complain(error);
    }

    /** Whatever fails meanwhile, the request ends in a reply and an idle status: who asked waits for both. */
    async #answer({ socket, message, aborted = false }) {
      this.publish(message, "status", { execution_state: "busy" });
      const started = new Date().toISOString();
      const reply = aborted ? { content: { status: "aborted" } } : await this.#ask(message);
      try {
        if (reply.stopQueue) await this.#abortQueue();
        await this.#reply(socket, message, reply.content, started);
      } catch (error) {
        this.complain(error);
        await this.#reply(socket, message, failure(error), started).catch((again) =>
          this.complain(again),
        );
      } finally {
        this.publish(message, "status", { execution_state: "idle" });
        tellIdle();
      }
    }

    async #ask(message) {
      try {
        return await this.#requests.answer(message);
      } catch (error) {
        this.complain(error);
        return { content: failure(error), stopQueue: true };
      }
    }

    async #reply(socket, message, content, started) {
      const type = message.header.msg_type.replace(/_request$/, "_reply");
      const metadata = { started, status: content.status };
      await socket.send(this.#wire.reply(message, type, content, metadata));
    }

    /** Aborts the executions that were asked for before the failing cell's reply, also those still in the socket. */
    async #abortQueue() {
      for (let turns = 0; turns < 3; turns++) await turn();
      for (const request of this.#queue)
        request.aborted = request.message.header.msg_type === "execute_request";
    }
  };
}
