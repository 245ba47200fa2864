/** Milliseconds from any fixed moment; `performance.now` where nothing else is passed. */
export type Clock = () => number;

/** Drawing may take at most one part in this many of the time. */
const COST_DIVISOR = 10;

/** Decides when to redraw: not before an interval has passed, and rarer where drawing is slow. */
export class Pace {
  private next: number;

  /**
   * @param interval The least time between two draws, in milliseconds.
   * @param first When the first draw is due, in milliseconds from now.
   */
  constructor(
    private readonly interval: number,
    first: number,
    private readonly clock: Clock,
  ) {
    this.next = clock() + first;
  }

  /** Whether it is time to draw. */
  due(): boolean {
    return this.clock() >= this.next;
  }

  /** Draws, and sets the next time by what drawing took. */
  async run(draw: () => Promise<void>): Promise<void> {
    const start = this.clock();
    await draw();
    const end = this.clock();
    this.next = end + Math.max(this.interval, (COST_DIVISOR - 1) * (end - start));
  }
}
