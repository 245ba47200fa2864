import { sayDuration } from "../backend/duration";
import { requireCount } from "../backend/require";
import { createDisplay } from "./display";
import { escapeHtml, htmlOutput, type HtmlOutput } from "./html";
import { Pace, type Clock } from "./pace";
import { sayError } from "./words";

/** What {@link progressBar} takes. */
export interface ProgressOptions {
  /** How many units of work there are, at least 1. */
  readonly total: number;
  /** What is being done. */
  readonly label: string;
  /** What is counted, in the plural. Default "steps". */
  readonly unit?: string;
  /** For tests: milliseconds that go by. */
  readonly clock?: Clock;
}

const REDRAW_MS = 500;

/** How far the work is; `state` is undefined while it goes on. */
interface Progress {
  readonly done: number;
  readonly seconds: number;
  readonly note?: string | undefined;
  readonly state?: "finished" | "stopped" | "waiting";
}

/** The bar's text: how much is done, how fast it goes, and how long it will take. */
export function sayProgress(
  { total, unit = "steps" }: ProgressOptions,
  { done, seconds, note, state }: Progress,
): string {
  const after = note === undefined ? "" : `; ${note}`;
  const counted = `${done} of ${total} ${unit}`;
  if (state === "finished") return `${counted} in ${sayDuration(seconds)}${after}`;
  if (state === "stopped") return `stopped after ${counted} in ${sayDuration(seconds)}${after}`;
  if (state === "waiting") return `${counted}${after}`;
  if (done === 0 || seconds <= 0) return `${counted}${after}`;
  const rate = done / seconds;
  return `${counted}, ${Number(rate.toPrecision(2))} ${unit}/s, about ${sayDuration((total - done) / rate)} left${after}`;
}

function drawBar(options: ProgressOptions, progress: Progress): HtmlOutput {
  const { label, total } = options;
  const text = sayProgress(options, progress);
  const bar = `<progress value="${progress.done}" max="${total}" aria-label="${escapeHtml(label)}" style="width: 240px"></progress>`;
  return htmlOutput(
    `<div>${escapeHtml(label)} ${bar} <span>${escapeHtml(text)}</span></div>`,
    `${label}: ${text}`,
  );
}

/** A progress bar that is redrawn in place, with speed and remaining time. */
export class ProgressBar {
  private readonly display = createDisplay();
  private readonly clock: Clock;
  private readonly start: number;
  private readonly pace: Pace;
  private done = 0;

  /** @throws RangeError when the total is not a whole number of at least 1. */
  constructor(private readonly options: ProgressOptions) {
    const { total, clock = () => performance.now() } = options;
    requireCount("progressBar: total", total);
    this.clock = clock;
    this.start = clock();
    this.pace = new Pace(REDRAW_MS, 0, clock);
  }

  /**
   * Says how many units are done; the bar is redrawn when it is time to.
   *
   * @param note A few words on the current state.
   * @throws RangeError when `done` is not between 0 and the total.
   */
  async update(done: number, note?: string): Promise<void> {
    if (!(done >= 0 && done <= this.options.total)) {
      throw new RangeError(
        `progressBar: done must be between 0 and the total of ${this.options.total}, got ${done}.`,
      );
    }
    this.done = done;
    if (this.pace.due()) await this.pace.run(() => this.draw({ note }));
  }

  /** Draws the bar although nothing has been done for a while, and says so by a note. */
  async wait(note: string): Promise<void> {
    await this.draw({ note, state: "waiting" });
  }

  /**
   * Draws the last state: finished, or stopped where an error is passed or work is left.
   *
   * @param done How many units are done; all of them where left out and no error is passed.
   * @param error What ended the work.
   */
  async end(done = this.options.total, error?: unknown): Promise<void> {
    this.done = done;
    const finished = error === undefined && this.done >= this.options.total;
    const note = error === undefined ? undefined : sayError(error);
    await this.draw({ state: finished ? "finished" : "stopped", note });
  }

  private async draw(progress: Pick<Progress, "note" | "state">): Promise<void> {
    await this.display.update(
      drawBar(this.options, {
        done: this.done,
        seconds: (this.clock() - this.start) / 1000,
        ...progress,
      }),
    );
  }
}

/**
 * Shows a progress bar with speed and remaining time: `update(done)` as often as you like, `end()` at last.
 *
 * @throws RangeError when the total is not a whole number of at least 1.
 */
export function progressBar(options: ProgressOptions): ProgressBar {
  return new ProgressBar(options);
}
