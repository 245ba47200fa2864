/** How far an experiment is, and how long the rest will take. */
import { sayDuration } from "../../backend/duration";

/** Counts the steps of all cells. */
export class TimeLeft {
  readonly #all: number;
  readonly #finished: number;
  readonly #steps: number;
  readonly #clock: () => number;
  readonly #start: number;
  /** The last step that is known of each running cell. */
  readonly #running = new Map<string, number | undefined>();
  #worked = 0;
  #ended = 0;

  /**
   * @param cells All cells, how many of them are finished already, and the steps of each.
   * @param clock Milliseconds.
   */
  constructor(
    cells: { readonly all: number; readonly finished: number; readonly steps: number },
    clock = () => performance.now(),
  ) {
    this.#all = cells.all;
    this.#finished = cells.finished;
    this.#steps = cells.steps;
    this.#clock = clock;
    this.#start = clock();
  }

  /** A cell begins. */
  started(key: string): void {
    this.#running.set(key, undefined);
  }

  /** A cell is at a step. The first that is heard of a cell may be any step: it went on from a checkpoint. */
  stepped(key: string, step: number): void {
    this.#worked += step - (this.#running.get(key) ?? step - 1);
    this.#running.set(key, step);
  }

  /** A cell is another runner's: its steps are no work done here. */
  elsewhere(key: string): void {
    this.#running.delete(key);
  }

  /** A cell ended. The steps of one that failed are no work done, nor are those of another runner's. */
  ended(key: string, failed: boolean): void {
    if (!failed && this.#running.has(key))
      this.#worked += this.#steps - (this.#running.get(key) ?? 0);
    this.#running.delete(key);
    this.#ended += 1;
  }

  /** Milliseconds until all is done, by the steps so far; undefined before the first. */
  remaining(): number | undefined {
    if (this.#worked === 0) return undefined;
    const begun = [...this.#running.values()].reduce<number>((sum, step) => sum + (step ?? 0), 0);
    const left = (this.#all - this.#finished - this.#ended) * this.#steps - begun;
    return (left * (this.#clock() - this.#start)) / this.#worked;
  }

  /** "3 of 8 cells done, about 1 min 5 s left". */
  say(): string {
    const done = `${this.#finished + this.#ended} of ${this.#all} cells done`;
    const left = this.remaining();
    return left !== undefined && left > 0
      ? `${done}, about ${sayDuration(left / 1000)} left`
      : done;
  }
}
