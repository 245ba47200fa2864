/** Errors that no cell awaited: rejected promises and throws from timers. They fail the running cell, or the next one. */
import { inspect } from "node:util";
import { isInterrupt } from "./executions.mjs";

/** An error that arrived outside of the cell's own flow. */
export class Fault extends Error {
  /**
   * @param {unknown} cause What was thrown.
   * @param {string} from Where it came from, in words.
   */
  constructor(cause, from) {
    super(`${from}: ${textOf(() => describe(cause))}`, { cause });
    this.name = textOf(() => (cause instanceof Error ? cause.name : "UnhandledRejection"));
  }
}

/** Collects faults and brings them to a cell. */
export class Faults {
  #executions;
  /** @type {Fault[]} Those that no cell has failed with yet. */
  #waiting = [];
  #listeners = {
    unhandledRejection: (reason) => this.#add(reason, "a promise that nobody awaited was rejected"),
    uncaughtException: (error) =>
      this.#add(error, "an error was thrown outside of any awaited code, as from a timer"),
  };

  /** @param {import("./executions.mjs").Executions} executions */
  constructor(executions) {
    this.#executions = executions;
  }

  /** Listens to the process, again where a cell has taken the listeners away. */
  install() {
    for (const [event, listener] of Object.entries(this.#listeners))
      if (!process.listeners(/** @type {any} */ (event)).includes(listener))
        process.on(event, listener);
  }

  /** @returns {Fault | undefined} The oldest fault that no cell has failed with, which is then forgotten, like all later ones. */
  take() {
    const [first] = this.#waiting;
    this.#waiting = [];
    return first;
  }

  #add(cause, what) {
    if (isInterrupt(cause)) return;
    const { owner, running } = this.#executions;
    const origin = owner?.title ?? "the kernel or a library";
    const fault = new Fault(cause, `From ${origin}, ${what}`);
    if (running) this.#executions.fail(fault);
    else this.#waiting.push(fault);
    if (owner && owner !== running)
      owner.publish("stream", { name: "stderr", text: `${fault.message}\n` });
  }
}

function describe(cause) {
  return cause instanceof Error ? cause.message : inspect(cause);
}

/** What is thrown may throw when it is looked at. */
function textOf(look) {
  try {
    return String(look());
  } catch {
    return "an error that cannot be shown";
  }
}
