/** Which execution a piece of code belongs to, also after an await and inside a timer, and how one is stopped. */
import { AsyncLocalStorage, executionAsyncId } from "node:async_hooks";
import { inspect } from "node:util";
import { slot } from "./state.mjs";
import { clearIntervals } from "./timers.mjs";
import { checkName } from "./transform.mjs";

/** How long an interrupted cell may take to end by itself, closing what it opened, before it is abandoned. */
const unwindMs = 300;

/** What an interrupted cell fails with. */
export class Interrupted extends Error {
  constructor() {
    super("The cell was interrupted.");
    this.name = "Interrupted";
  }
}

/** Whether an error is an interrupt; a Proxy that throws at every look is none. */
export function isInterrupt(error) {
  try {
    return error instanceof Interrupted;
  } catch {
    return false;
  }
}

/**
 * @typedef {object} Execution
 * @property {number} id From 1, in order of start.
 * @property {string} script Its script's name in stack traces.
 * @property {string} title How a learner calls it, for example "cell [3]".
 * @property {(type: string, content: object) => void} publish Sends a message to the cell's output.
 * @property {Set<import("./timers.mjs").Timer>} timers Its timers that have not run.
 * @property {boolean} over Whether its reply is decided.
 * @property {boolean} failed Whether it was ended by `fail`.
 * @property {(error: unknown) => void} stop Ends it now, with an error, whatever its code still does.
 * @property {Promise<void>} ended Resolves when its reply is decided.
 */

/** Runs executions one after the other and knows, for any code, to which of them it belongs. */
export class Executions {
  #storage = new AsyncLocalStorage();
  #state;
  /** @type {Set<Execution>} Those that may still have timers. */
  #withTimers = new Set();
  /** Where code was last found not to be interrupted. */
  #clear = { context: -1, through: -1 };
  /** @type {Execution | undefined} The one that runs. */
  running;
  /** Called when an execution is stopped from outside. */
  onStop = () => {};

  /** @param {Int32Array} state The shared numbers. */
  constructor(state) {
    this.#state = state;
  }

  /** @returns {Execution | undefined} The execution that started the calling code, if one did. */
  get owner() {
    return this.#storage.getStore();
  }

  /** @returns {Execution | undefined} The execution that the calling code belongs to, as far as can be told. */
  get current() {
    return this.owner ?? this.running;
  }

  /** @param {Execution} execution Whether the user has interrupted it. */
  isInterrupted(execution) {
    return execution.id <= Atomics.load(this.#state, slot.interruptedThrough);
  }

  /**
   * Runs work as a new execution. The work starts on an empty stack, because a hard stop drops the whole stack.
   *
   * @template T
   * @param {Pick<Execution, "script" | "title" | "publish">} description
   * @param {(execution: Execution) => Promise<T>} work
   * @returns {Promise<T>} Rejects with the work's error, or with the one that it was stopped with.
   */
  async run(description, work) {
    const id = Atomics.add(this.#state, slot.started, 1) + 1;
    let end = () => {};
    /** @type {Promise<void>} */
    const ended = new Promise((resolve) => (end = resolve));
    /** @type {Execution & { [inspect.custom]: () => string }} */
    const execution = {
      ...description,
      id,
      timers: new Set(),
      over: false,
      failed: false,
      stop: () => {},
      ended,
      [inspect.custom]: () => description.title,
    };
    this.running = execution;
    this.#withTimers.add(execution);
    try {
      return await new Promise((resolve, reject) => {
        execution.stop = reject;
        setImmediate(() => this.#storage.run(execution, work, execution).then(resolve, reject));
      });
    } catch (error) {
      const told = isInterrupt(error) || execution.failed || !this.isInterrupted(execution);
      throw told ? error : new Interrupted();
    } finally {
      execution.over = true;
      this.running = undefined;
      for (const other of this.#withTimers)
        if (other.over && other.timers.size === 0) this.#withTimers.delete(other);
      end();
    }
  }

  /** Ends the running execution with an error, and its loops at their next turn. */
  fail(error) {
    const { running } = this;
    if (!running) return;
    running.failed = true;
    Atomics.store(this.#state, slot.interruptedThrough, running.id);
    running.stop(error);
    this.onStop();
  }

  /**
   * Carries out an interrupt: intervals are cleared, loops end by their own check, and a cell that does not end
   * by itself is abandoned.
   */
  async interrupt() {
    for (const execution of this.#withTimers) clearIntervals(execution);
    const { running } = this;
    if (!running) return;
    const patience = new Promise((resolve) => setTimeout(resolve, unwindMs).unref());
    await Promise.race([running.ended, patience]);
    this.hardStop();
    await running.ended;
  }

  /** Marks all executions so far as interrupted; the control thread does the same by itself. */
  markInterrupted() {
    Atomics.store(this.#state, slot.interruptedThrough, Atomics.load(this.#state, slot.started));
  }

  /** Abandons the running execution if it has been interrupted. */
  hardStop() {
    if (!this.running || !this.isInterrupted(this.running)) return;
    this.running.stop(new Interrupted());
    this.onStop();
  }

  /** Whether the calling code belongs to an interrupted execution. Called at each turn of a loop, so it is quick. */
  get interruptPending() {
    const through = Atomics.load(this.#state, slot.interruptedThrough);
    if (through === 0) return false;
    // Within one asynchronous context the answer changes only by another interrupt.
    const context = executionAsyncId();
    if (context === this.#clear.context && through === this.#clear.through) return false;
    const { current } = this;
    if (current !== undefined && current.id <= through) return true;
    this.#clear = { context, through };
    return false;
  }

  /** @throws {Interrupted} When the calling code belongs to an interrupted execution. */
  throwIfPending() {
    if (this.interruptPending) throw new Interrupted();
  }

  /** Gives cells their loop check and libraries the kernel object. */
  install(onHardStop, comms) {
    const stopIfInterrupted = () => this.throwIfPending();
    Object.defineProperty(globalThis, checkName, { value: stopIfInterrupted });
    const executions = this;
    const interrupt = {
      get pending() {
        return executions.interruptPending;
      },
      throwIfPending() {
        const id = executions.current?.id ?? 0;
        Atomics.store(executions.#state, slot.stepping, id);
        executions.throwIfPending();
      },
    };
    globalThis[Symbol.for("jupyter.kernel")] = Object.freeze({
      interrupt: Object.freeze(interrupt),
      onHardStop,
      comms,
    });
  }
}
