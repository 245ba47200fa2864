/**
 * Jupyter's wire protocol: messages to and from ZeroMQ frames.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

// A cell may replace them, and its reply must still go out.
const { parse, stringify } = JSON;

const delimiter = "<IDS|MSG>";
export const protocolVersion = "5.3";

/**
 * @typedef {object} Message
 * @property {Buffer[]} identity Where a reply goes.
 * @property {{ msg_id: string, msg_type: string, session: string, username: string }} header
 * @property {Record<string, unknown>} content
 */

/** Signs, writes and reads messages. */
export class Wire {
  #key;
  #session;

  /**
   * @param {string} key The connection's key; empty means unsigned.
   * @param {string} session This kernel's session id, the same in all its threads.
   */
  constructor(key, session) {
    this.#key = key;
    this.#session = session;
  }

  /**
   * @param {Buffer[]} frames
   * @returns {Message}
   * @throws {Error} When the frames are no message or the signature is wrong.
   */
  read(frames) {
    const split = frames.findIndex((frame) => frame.toString() === delimiter);
    if (split < 0 || frames.length < split + 6)
      throw new Error("A Jupyter message without delimiter or parts.");
    const [signature, ...parts] = frames.slice(split + 1);
    const expected = Buffer.from(this.#sign(parts.slice(0, 4)));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error("A Jupyter message with a wrong signature.");
    }
    const [header, , , content] = parts.map((part) => part.toString());
    return {
      identity: frames.slice(0, split),
      header: parse(header),
      content: parse(content),
    };
  }

  /** Frames of a reply to a request. */
  reply(request, type, content, metadata = {}) {
    return [...request.identity, ...this.#body(request.header, type, content, metadata)];
  }

  /** Frames of a message for everybody; `parent` is the request that caused it, if one did. */
  broadcast(parent, type, content, metadata = {}) {
    return [
      `kernel.${this.#session}.${type}`,
      ...this.#body(parent?.header ?? {}, type, content, metadata),
    ];
  }

  #body(parentHeader, type, content, metadata) {
    const header = {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      version: protocolVersion,
    };
    const parts = [header, parentHeader, metadata, content].map((part) => stringify(part));
    return [delimiter, this.#sign(parts), ...parts];
  }

  #sign(parts) {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}
