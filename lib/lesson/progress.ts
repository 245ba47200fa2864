import { sayDuration } from "../backend/duration";
import { requireCount } from "../backend/require";
import { createDisplay } from "./display";
import { escapeHtml, htmlOutput, type HtmlOutput } from "./html";
import { Pace, Speed, type Clock } from "./pace";
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

/** How far one unit of the work is, such as one run of several. */
export interface PartProgress {
  readonly done: number;
  readonly total: number;
  /** What is counted, in the plural. Default "steps". */
  readonly unit?: string;
}

/** How far the work is; `state` is undefined while it goes on. */
interface Progress {
  /** Whole units. */
  readonly done: number;
  /** The unit that is being done. */
  readonly part?: PartProgress | undefined;
  readonly seconds: number;
  /** Units a second, as of late. */
  readonly rate?: number | undefined;
  readonly note?: string | undefined;
  readonly state?: "finished" | "stopped" | "waiting";
}

/** The bar's text: how much is done, how fast it goes, and how long it will take. */
export function sayProgress(
  { total, unit = "steps" }: ProgressOptions,
  { done, part, seconds, rate, note, state }: Progress,
): string {
  const after = note === undefined ? "" : `; ${note}`;
  const counted = `${done} of ${total} ${unit}${sayPart(part)}`;
  if (state === "finished") return `${counted} in ${sayDuration(seconds)}${after}`;
  if (state === "stopped") return `stopped after ${counted} in ${sayDuration(seconds)}${after}`;
  if (state === "waiting") return `${counted}${after}`;
  if (rate === undefined) return `${counted}${after}`;
  const left = (total - withPart(done, part)) / rate;
  return `${counted}, ${Number(rate.toPrecision(2))} ${unit}/s, about ${sayDuration(left)} left${after}`;
}

function sayPart(part: PartProgress | undefined): string {
  return part === undefined ? "" : ` (${part.done} of ${part.total} ${part.unit ?? "steps"})`;
}

/** Whole units, and the share of the one that is being done. */
function withPart(done: number, part: PartProgress | undefined): number {
  return part === undefined ? done : done + part.done / part.total;
}

function barOf(label: string, value: number, max: number, width: number): string {
  return `<progress value="${value}" max="${max}" aria-label="${escapeHtml(label)}" style="width: ${width}px"></progress>`;
}

function drawBar(options: ProgressOptions, progress: Progress): HtmlOutput {
  const { label, total } = options;
  const { done, part } = progress;
  const text = sayProgress(options, progress);
  const bar = [
    barOf(label, withPart(done, part), total, 240),
    ...(part === undefined ? [] : [barOf(`${label}, this one`, part.done, part.total, 80)]),
  ].join(" ");
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
  private readonly speed: Speed;
  private done = 0;
  private part: PartProgress | undefined;

  /** @throws RangeError when the total is not a whole number of at least 1. */
  constructor(private readonly options: ProgressOptions) {
    const { total, clock = () => performance.now() } = options;
    requireCount("progressBar: total", total);
    this.clock = clock;
    this.start = clock();
    this.speed = new Speed(total, clock);
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
    await this.move(done, undefined, note);
  }

  /**
   * Says how far the unit after those that are done is: a second, smaller bar beside the first, such as the steps of one run of
   * several. `update` ends it.
   *
   * @param note A few words on the current state.
   * @throws RangeError when the part's total is no whole number of at least 1, or `done` is not between 0 and it.
   */
  async updatePart(part: PartProgress, note?: string): Promise<void> {
    requireCount("progressBar: the part's total", part.total);
    if (!(part.done >= 0 && part.done <= part.total) || this.done >= this.options.total)
      throw new RangeError(
        `progressBar: the part's done must be between 0 and ${part.total} while units are left, got ${part.done} with ${this.done} of ${this.options.total} done.`,
      );
    await this.move(this.done, part, note);
  }

  private async move(done: number, part?: PartProgress, note?: string): Promise<void> {
    this.done = done;
    this.part = part;
    this.speed.note(withPart(done, part));
    if (this.pace.due()) await this.pace.run(() => this.draw({ note }));
  }

  /** How many units are done, for `lesson.trainSteps` to keep. */
  state(): unknown {
    return this.done;
  }

  /** Takes up how many units were done before; those do not count for the speed. */
  restore(done: unknown): void {
    this.done = done as number;
    this.speed.restart(this.done);
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
    if (done >= this.options.total) this.part = undefined;
    const finished = error === undefined && this.done >= this.options.total;
    const note = error === undefined ? undefined : sayError(error);
    await this.draw({ state: finished ? "finished" : "stopped", note });
  }

  private async draw(progress: Pick<Progress, "note" | "state">): Promise<void> {
    await this.display.update(
      drawBar(this.options, {
        done: this.done,
        part: progress.state === "finished" ? undefined : this.part,
        seconds: (this.clock() - this.start) / 1000,
        rate: this.speed.perSecond(withPart(this.done, this.part)),
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
