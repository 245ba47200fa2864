/** How long a cell may be silent. */

/** Minutes without a step after which a cell is ended, where neither plan nor command line say another number. */
export const DEFAULT_TIMEOUT = 30;

/** How often the silence is measured, in milliseconds. */
const TICK = 1000;

/** What {@link watchSilence} takes. */
export interface SilenceOptions {
  /** Minutes. */
  readonly timeout: number;
  /** Called once a silence, at half of the time-out, with the minutes. */
  readonly onSilent: (minutes: number) => void;
  /** Called at the time-out. */
  readonly onTimeout: () => void;
}

/**
 * Measures how long nothing was heard. The time in which this process or its machine sleeps does not count.
 *
 * @returns What is called when something is heard, and at the end.
 */
export function watchSilence({ timeout, onSilent, onTimeout }: SilenceOptions): {
  readonly heard: () => void;
  readonly end: () => void;
} {
  const limit = 60_000 * timeout;
  const tick = Math.min(TICK, limit / 8);
  let silent = 0;
  const timer = setInterval(() => {
    const before = silent;
    silent += tick;
    if (before < limit / 2 && silent >= limit / 2) onSilent(silent / 60_000);
    if (before < limit && silent >= limit) onTimeout();
  }, tick);
  return { heard: () => void (silent = 0), end: () => clearInterval(timer) };
}
