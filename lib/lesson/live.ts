import { setImmediate as yieldToEvents } from "node:timers/promises";
import type * as tf from "../backend/tf";
import { imageGrid } from "../plots/imageGrid";
import { kindsOf, measureCurves, type MeasureRecord } from "../plots/measureCurves";
import { throwIfStopped } from "../training/interrupt";
import { runOf } from "../training/step";
import { columns } from "./columns";
import { createDisplay } from "./display";
import { htmlOutput } from "./html";
import { Pace, type Clock } from "./pace";
import { ProgressBar } from "./progress";

/** What is drawn of one training step: its numbers by name. The steps of `trainSteps` are such. */
export type LiveStep = MeasureRecord;

/** What {@link liveTraining} takes. */
export interface LiveOptions {
  /** How many steps the loop will take, at least 1. */
  readonly steps: number;
  /** How many steps were taken before, where a run goes on from a checkpoint. Default 0. */
  readonly startAt?: number;
  /** What stands before the bar. Default "Training". */
  readonly title?: string;
  /** The least seconds between two redraws of the figures. Default 1.5. */
  readonly every?: number;
  /** Makes images from fixed z, [N, height, width, 1 or 3] in [-1, 1], to draw as a grid; the live view disposes them. */
  readonly sample?: () => tf.Tensor | undefined | Promise<tf.Tensor | undefined>;
  /** Images side by side. Default: as many as make the grid about square. */
  readonly columns?: number;
  /** Makes one more figure of anything that `display` knows; undefined keeps the last one. */
  readonly figure?: () => unknown;
  /** When no step arrives for so many seconds the bar says so: the loop may have ended by an error. Default 10. */
  readonly patience?: number;
  /** For tests: milliseconds that go by. */
  readonly clock?: Clock;
}

/** The first figures come early, when a few steps have made a curve. */
const FIRST_FIGURES_MS = 500;

/** The figures are redrawn at least so many times in a run, where that leaves the interval between them. */
const LEAST_REDRAWS = 6;

/**
 * The live view of a training loop: a bar, a chart for each kind of measure side by side, samples, and a figure of one's own,
 * which stands beside the chart where there is only one; redrawn in place.
 */
export class LiveTraining {
  /** Every step so far, in order: its numbers by name. */
  readonly history: ({ readonly step: number } & Readonly<Record<string, number>>)[] = [];
  private readonly bar: ProgressBar;
  private readonly pace: Pace;
  private readonly labels: Record<string, string | undefined> = {};
  private readonly displays = {
    charts: createDisplay(),
    samples: createDisplay(),
    figure: createDisplay(),
  };
  private readonly silence: NodeJS.Timeout;
  /** How many steps were done when the figures were drawn last. */
  private drawnAt = 0;
  /** What `figure` made last. */
  private figure: unknown;

  /** @throws RangeError when `steps` is not a whole number of at least 1. */
  constructor(private readonly options: LiveOptions) {
    const {
      steps,
      title = "Training",
      every = 1.5,
      patience = 10,
      clock = () => performance.now(),
    } = options;
    this.bar = new ProgressBar({ total: steps, label: title, clock });
    this.pace = new Pace(every * 1000, FIRST_FIGURES_MS, clock);
    const sayWaiting = (): void => void this.bar.wait(`no step for ${patience} s`);
    this.silence = setTimeout(sayWaiting, patience * 1000).unref();
  }

  /**
   * Takes up one step, lets the event loop run, and redraws what is due; redrawing takes at most about a tenth of the time.
   *
   * @throws The kernel's Interrupted error when the user has interrupted the cell; whatever `sample` or `figure` throws.
   */
  async update(step: LiveStep): Promise<void> {
    this.history.push(step as (typeof this.history)[number]);
    const run = runOf(step);
    Object.assign(this.labels, run?.labels);
    run?.watchers.add(this.sayEnded);
    this.silence.refresh();
    await yieldToEvents();
    try {
      throwIfStopped();
      await this.bar.update(this.done());
      if (this.pace.due(this.isLate())) await this.pace.run(() => this.drawFigures());
      this.silence.refresh(); // what drawing took was no silence
    } catch (error) {
      await this.close(error);
      throw error;
    }
  }

  /**
   * Draws the last state and ends the bar; it says "stopped" where steps are missing or an error is passed.
   *
   * @param error What ended the loop early.
   */
  async end(error?: unknown): Promise<void> {
    await this.close(error);
    if (this.history.length > 0) await this.drawFigures();
  }

  /** Says that the run was ended by an error of its own. */
  private readonly sayEnded = (error: unknown): void => void this.end(error);

  /** What it has drawn so far, for `lesson.trainSteps` to keep. */
  state(): unknown {
    return { history: this.history, labels: this.labels };
  }

  /** Takes up what was drawn of a run that goes on. */
  restore(state: unknown): void {
    const { history, labels } = state as { history: LiveTraining["history"]; labels: object };
    this.history.length = 0;
    for (const step of history) this.history.push(step);
    Object.assign(this.labels, labels);
    this.bar.restore(this.done());
  }

  private done(): number {
    const last = this.history[this.history.length - 1];
    return last === undefined ? 0 : last.step - (this.options.startAt ?? 0);
  }

  /** On a busy machine, where drawing is slow, a tenth of the time would leave the first samples to the end of a run. */
  private isLate(): boolean {
    return this.done() - this.drawnAt >= this.options.steps / LEAST_REDRAWS;
  }

  private async close(error?: unknown): Promise<void> {
    clearTimeout(this.silence);
    await this.bar.end(this.done(), error);
  }

  private async drawFigures(): Promise<void> {
    this.drawnAt = this.done();
    this.figure = (await this.options.figure?.()) ?? this.figure;
    const kinds = kindsOf(this.history);
    const beside = kinds.length === 1 && this.figure !== undefined ? [this.figure] : [];
    await this.drawMeasures(kinds, beside);
    await this.drawSamples();
    if (this.figure !== undefined && beside.length === 0)
      await this.displays.figure.update(this.figure);
  }

  private async drawMeasures(kinds: readonly string[], beside: readonly unknown[]): Promise<void> {
    if (kinds.length === 0) return;
    const { labels } = this;
    const charts = kinds.map((kind) => measureCurves(this.history, kind, { labels }));
    await this.displays.charts.update(columns(...charts, ...beside));
  }

  private async drawSamples(): Promise<void> {
    const images = await this.options.sample?.();
    if (images === undefined) return;
    const { shape } = images;
    const data = await images.data<"float32">();
    images.dispose();
    const title = `Samples at step ${this.history[this.history.length - 1]?.step ?? 0}`;
    const diverged = `${title}: not drawn, since pixels are NaN; the generator has diverged.`;
    const shown = data.some(Number.isNaN)
      ? htmlOutput(`<p>${diverged}</p>`, diverged)
      : imageGrid({ data, shape }, { title, columns: this.options.columns });
    await this.displays.samples.update(shown);
  }
}

/**
 * Opens the live view of a training loop, below the cell that calls it:
 * `for (const step of trainSteps(…)) await live.update(step); await live.end();`
 *
 * @throws RangeError when `steps` is not a whole number of at least 1.
 */
export function liveTraining(options: LiveOptions): LiveTraining {
  return new LiveTraining(options);
}
