/** What cells print and display goes to the cell that did it, also when that cell is long done. */

/** So many pieces of text are sent one by one within a window of time; a flood is sent in larger pieces. */
const atOnce = 50;
const windowMs = 50;
const largest = 1 << 16;

/** @typedef {import("./executions.mjs").Execution["publish"]} Publish */

/** @typedef {(error?: Error | null) => void} Written Called when a stream has taken a piece of text. */

/**
 * Sends standard output, standard error and `tslab.display` to the cell that the calling code belongs to.
 *
 * @param {import("./executions.mjs").Executions} executions
 * @param {ReturnType<import("./tslab.mjs").loadTslab>} tslab
 * @returns {{ complain: (error: unknown) => void, flush: () => void }} `complain` writes to the process's own standard
 *   error, for faults of the kernel itself; `flush` sends what waits, and comes before any other message.
 */
export function redirectOutput(executions, tslab) {
  /** @type {Publish} */
  let latest = () => {};
  const publisher = () => (latest = executions.current?.publish ?? latest);
  const flood = new Flood();
  const complain = process.stderr.write.bind(process.stderr);
  for (const name of /** @type {const} */ (["stdout", "stderr"])) {
    /**
     * @param {string | Uint8Array} chunk
     * @param {BufferEncoding | Written} [encoding]
     * @param {Written} [callback]
     */
    process[name].write = (chunk, encoding, callback) => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      flood.add(publisher(), name, text);
      const done = typeof encoding === "function" ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
  tslab.onDisplay((content, update) =>
    publisher()(update ? "update_display_data" : "display_data", content),
  );
  return {
    complain: (error) =>
      complain(`[kernel] ${error instanceof Error ? error.stack : String(error)}\n`),
    flush: () => flood.flush(),
  };
}

/** Joins the pieces of a flood of text; the first pieces go at once, so that a line before long work is seen. */
class Flood {
  #windowStart = 0;
  #sent = 0;
  #waiting = /** @type {{ publish: Publish, name: string, text: string } | undefined} */ (
    undefined
  );

  add(publish, name, text) {
    const now = performance.now();
    if (now - this.#windowStart > windowMs) {
      this.flush();
      this.#windowStart = now;
      this.#sent = 0;
    }
    this.#sent += 1;
    if (this.#sent <= atOnce) return publish("stream", { name, text });
    this.#join(publish, name, text);
  }

  /** @param {Publish} publish @param {string} name @param {string} text */
  #join(publish, name, text) {
    const waiting = this.#waiting;
    if (waiting?.publish === publish && waiting.name === name) waiting.text += text;
    else {
      this.flush();
      this.#waiting = { publish, name, text };
      setImmediate(() => this.flush());
    }
    if ((this.#waiting?.text.length ?? 0) > largest) this.flush();
  }

  flush() {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.publish("stream", { name: waiting.name, text: waiting.text });
  }
}
