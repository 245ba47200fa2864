/** Milliseconds from any fixed moment; `performance.now` where nothing else is passed. */
export type Clock = () => number;

/** Drawing may take at most one part in this many of the time. */
const COST_DIVISOR = 10;

/** Decides when to redraw: not before an interval has passed, and rarer where drawing is slow. */
export class Pace {
  private next: number;
  private soonest: number;
  private drawnBefore = false;

  /**
   * @param interval The least time between two draws, in milliseconds.
   * @param first When the first draw is due, in milliseconds from now.
   */
  constructor(
    private readonly interval: number,
    first: number,
    private readonly clock: Clock,
  ) {
    this.next = this.soonest = clock() + first;
  }

  /**
   * Whether it is time to draw.
   *
   * @param late Something has waited long enough: then the interval alone counts, and not what drawing takes.
   */
  due(late = false): boolean {
    return this.clock() >= (late ? this.soonest : this.next);
  }

  /** Draws, and sets the next time by what drawing took. The first draw also loads what draws, so that its time says nothing. */
  async run(draw: () => Promise<void>): Promise<void> {
    const start = this.clock();
    await draw();
    const end = this.clock();
    const cost = this.drawnBefore ? end - start : 0;
    this.drawnBefore = true;
    this.soonest = end + this.interval;
    this.next = end + Math.max(this.interval, (COST_DIVISOR - 1) * cost);
  }
}

/** The first steps of a compiled run are taken as they are, and are slow. */
const WARM_UP = 3;

/** Less time than this says nothing of a speed. */
const LEAST_MS = 1000;

/** How fast work goes lately: over the second half of the time that has passed, so that a slow start is soon forgotten. */
export class Speed {
  private marks: { readonly time: number; readonly done: number }[];
  private readonly warmUp: number;

  /** @param total How many units of work there are. */
  constructor(
    total: number,
    private readonly clock: Clock,
  ) {
    this.warmUp = Math.min(WARM_UP, total / 10);
    this.marks = [{ time: clock(), done: 0 }];
  }

  /** Begins anew, with so much done before. */
  restart(done: number): void {
    this.marks = [{ time: this.clock(), done }];
  }

  /** Takes down how much is done by now. */
  note(done: number): void {
    const mark = { time: this.clock(), done };
    const [first] = this.marks;
    const last = this.marks[this.marks.length - 1];
    if (first === undefined || last === undefined || done <= this.warmUp) this.marks = [mark];
    // Marks stand the further apart, the longer the work takes: there are never many.
    else if (mark.time - last.time >= Math.max(250, 0.02 * (mark.time - first.time)))
      this.marks.push(mark);
  }

  /** Units a second; undefined before there is something to judge by. */
  perSecond(done: number): number | undefined {
    const now = this.clock();
    const [first] = this.marks;
    if (first === undefined) return undefined;
    const half = (first.time + now) / 2;
    const from = this.marks.filter(({ time }) => time <= half).pop() ?? first;
    if (now - from.time < LEAST_MS || done <= from.done) return undefined;
    return (1000 * (done - from.done)) / (now - from.time);
  }
}
