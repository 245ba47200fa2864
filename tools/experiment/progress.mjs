/** How far an experiment is, in words: a line for each cell that ends, and on a terminal one line that moves. */
import { duration } from "../setup/format.mjs";

/** How often the moving line is drawn, in milliseconds. */
const DRAW_EVERY = 500;

/** Counts the steps of all cells, and says how long the rest will take. */
export class Progress {
  #clock;
  #start;
  /** The last step that is known of each running cell. @type {Map<string, number | undefined>} */
  #running = new Map();
  #worked = 0;
  #ended = 0;

  /**
   * @param {{ cells: number, finished: number, steps: number }} options All cells, how many of them are finished already, and the steps of each.
   * @param {() => number} clock Milliseconds.
   */
  constructor({ cells, finished, steps }, clock = () => performance.now()) {
    Object.assign(this, { cells, finished, steps });
    this.#clock = clock;
    this.#start = clock();
  }

  /** A cell begins. */
  started(key) {
    this.#running.set(key, undefined);
  }

  /** A cell is at a step. The first that is heard of a cell may be any step: it went on from a checkpoint. */
  stepped(key, step) {
    this.#worked += step - (this.#running.get(key) ?? step - 1);
    this.#running.set(key, step);
  }

  /** A cell ended; the steps of one that failed are no work done. */
  ended(key, failed) {
    if (!failed) this.#worked += this.steps - (this.#running.get(key) ?? 0);
    this.#running.delete(key);
    this.#ended += 1;
  }

  /** @returns {number | undefined} Milliseconds until all is done, by the steps so far; undefined before the first. */
  remaining() {
    if (this.#worked === 0) return undefined;
    const begun = [...this.#running.values()].reduce((sum, step) => sum + (step ?? 0), 0);
    const left = (this.cells - this.finished - this.#ended) * this.steps - begun;
    return (left * (this.#clock() - this.#start)) / this.#worked;
  }

  /** @returns {string} For example "3 of 8 cells done, about 1 min 05 s left". */
  say() {
    const parts = [`${this.finished + this.#ended} of ${this.cells} cells done`];
    const left = this.remaining();
    if (left !== undefined && left > 0) parts.push(`about ${duration(left)} left`);
    return parts.join(", ");
  }
}

/**
 * Prints lines above a line that moves; without a terminal, or where `CI` is set, only the lines.
 *
 * @param {() => string} say The moving line's text.
 * @returns {{ line(text: string): void, end(): void }}
 */
export function createLines(say, out = process.stdout, env = process.env) {
  const live = out.isTTY === true && !env.CI;
  const draw = () => out.write(`\r\x1b[K${say().slice(0, (out.columns || 80) - 1)}`);
  const timer = live ? setInterval(draw, DRAW_EVERY) : undefined;
  const line = (text) => {
    out.write(`${live ? "\r\x1b[K" : ""}${text}\n`);
    if (live) draw();
  };
  const end = () => {
    clearInterval(timer);
    if (live) out.write("\r\x1b[K");
  };
  return { line, end };
}
