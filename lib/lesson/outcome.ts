import { showHtml } from "./display";
import { escapeHtml } from "./html";
import type { PerProfile, Profile } from "./profile";
import { openReport, recordFigure, sayFigure, type Limits } from "./report";

/** A threshold: the same everywhere, or one for each profile. */
export type Threshold = number | PerProfile<number>;

/** What {@link expectOutcome} asks of a figure; at least one of the four thresholds. */
export interface Expectation {
  readonly atLeast?: Threshold;
  readonly atMost?: Threshold;
  /** The figure must be greater than this. */
  readonly above?: Threshold;
  /** The figure must be less than this. */
  readonly below?: Threshold;
  /** The same figure of a broken or untrained twin, which must miss: else the thresholds say nothing. */
  readonly twin?: number;
  /** A count, a share or another figure near its end: `npm run lesson -- NN --calibrate` then judges by range. */
  readonly skewed?: boolean;
  /** What the value is measured in, such as "%" or "s". */
  readonly unit?: string;
  /** What to look at when the figure misses. */
  readonly hint?: string;
}

/** A lesson did not reach what it promises. */
export class OutcomeError extends Error {
  override readonly name = "OutcomeError";
}

type Kind = keyof Limits;

/** In words, and as a test that NaN never passes. */
const LIMITS = {
  atLeast: { words: "at least", meets: (value: number, limit: number) => value >= limit },
  atMost: { words: "at most", meets: (value: number, limit: number) => value <= limit },
  above: { words: "above", meets: (value: number, limit: number) => value > limit },
  below: { words: "below", meets: (value: number, limit: number) => value < limit },
} as const;

const KINDS = Object.keys(LIMITS) as readonly Kind[];

/** The thresholds of the profile that runs. */
function limitsOf(name: string, expectation: Expectation, profile: Profile): Limits {
  const limits = KINDS.flatMap((kind): [Kind, number][] => {
    const threshold = expectation[kind];
    if (threshold === undefined) return [];
    const limit = typeof threshold === "number" ? threshold : threshold[profile];
    if (!Number.isFinite(limit))
      throw new Error(
        `expectOutcome: the threshold ${kind} of ${name} must be a number; for the profile ${profile} it is ${limit}.`,
      );
    return [[kind, limit]];
  });
  if (limits.length === 0)
    throw new Error(`expectOutcome: ${name} needs a threshold: atLeast, atMost, above or below.`);
  return Object.fromEntries(limits);
}

function meets(value: number, limits: Limits): boolean {
  return KINDS.every((kind) => {
    const limit = limits[kind];
    return limit === undefined || LIMITS[kind].meets(value, limit);
  });
}

/** As many digits as tell limits and value apart, from four on: "at least 11.999", where four would say 12. */
function digitsFor(numbers: readonly number[]): number {
  const apart = (digits: number): boolean =>
    new Set(numbers.map((number) => Number(number.toPrecision(digits)))).size ===
    new Set(numbers).size;
  return [4, 5, 6, 7, 8, 9].find(apart) ?? 9;
}

function sayLimits(limits: Limits, value: number, unit: string | undefined): string {
  const digits = digitsFor([value, ...KINDS.flatMap((kind) => limits[kind] ?? [])]);
  return KINDS.flatMap((kind) => {
    const limit = limits[kind];
    return limit === undefined
      ? []
      : [`${LIMITS[kind].words} ${sayFigure({ value: limit, unit }, digits)}`];
  }).join(" and ");
}

/** A note in amber, readable on light and dark pages, for a learner who goes on. */
function showMissed(message: string): void {
  const text = `△ Not as expected: ${message} Runs differ with the machine and the seed; go on.`;
  const style =
    "border-left: 4px solid #e69f00; background: #fff3d6; color: #4d3800; padding: 0.4em 0.8em";
  showHtml(`<p style="${style}">${escapeHtml(text)}</p>`, text);
}

/**
 * Reports a figure and asserts what the lesson promises of it; prints a tick where it is met.
 *
 * Where GAN_LENIENT is 1, as in the JupyterLab that `npm start` opens, a figure that misses is shown in amber with what
 * was expected, and the lesson goes on. A bare kernel, the tests and `npm run lesson` are strict.
 *
 * @param value What was measured; NaN misses every threshold.
 * @throws OutcomeError that names figure, value, threshold, lesson, profile and seed where it is missed, or where the
 *   twin meets the thresholds as well; Error when no threshold is given or no lesson is open.
 * @example
 * gan.expectOutcome("classes covered", 9, { atLeast: 8, twin: coverage(untrained).classes });
 */
export function expectOutcome(name: string, value: number, expectation: Expectation): void {
  const { lesson, profile, seed } = openReport().run;
  const limits = limitsOf(name, expectation, profile);
  const { unit, hint, twin, skewed = false } = expectation;
  recordFigure(name, { value, unit }, { limits, twin, skewed });
  const wanted = sayLimits(limits, value, unit);
  const ofTwin = twin === undefined ? "" : `; broken twin: ${sayFigure({ value: twin, unit })}`;
  const missed = !meets(value, limits);
  if (!missed && (twin === undefined || !meets(twin, limits))) {
    process.stdout.write(`✓ ${name} is ${sayFigure({ value, unit })} (${wanted}${ofTwin})\n`);
    return;
  }
  const said = missed
    ? `${name} is ${sayFigure({ value, unit })}, expected ${wanted}`
    : `${name}: the broken twin is expected to miss ${wanted}, and has ${sayFigure({ value: twin ?? NaN, unit })}`;
  const advice = hint === undefined ? "" : ` ${hint}`;
  const message = `${said} (lesson ${lesson}, profile ${profile}, seed ${seed}).${advice}`;
  if (process.env["GAN_LENIENT"] !== "1") throw new OutcomeError(message);
  showMissed(message);
}
