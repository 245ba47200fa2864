import type { PerProfile } from "./profile";
import { openReport, recordFigure, sayFigure } from "./report";

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
  /** What the value is measured in, such as "%" or "s". */
  readonly unit?: string;
  /** What to look at when the figure misses. */
  readonly hint?: string;
}

/** A lesson did not reach what it promises. */
export class OutcomeError extends Error {
  override readonly name = "OutcomeError";
}

/** In words, and as a test that NaN never passes. */
const LIMITS = {
  atLeast: { words: "at least", meets: (value: number, limit: number) => value >= limit },
  atMost: { words: "at most", meets: (value: number, limit: number) => value <= limit },
  above: { words: "above", meets: (value: number, limit: number) => value > limit },
  below: { words: "below", meets: (value: number, limit: number) => value < limit },
} as const;

interface Limit {
  readonly words: string;
  readonly met: boolean;
}

function limitsOf(name: string, value: number, expectation: Expectation): Limit[] {
  const { profile } = openReport().run;
  const limits = (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).flatMap((kind): Limit[] => {
    const threshold = expectation[kind];
    if (threshold === undefined) return [];
    const limit = typeof threshold === "number" ? threshold : threshold[profile];
    if (!Number.isFinite(limit))
      throw new Error(
        `expectOutcome: the threshold ${kind} of ${name} must be a number; for the profile ${profile} it is ${limit}.`,
      );
    return [
      {
        words: `${LIMITS[kind].words} ${sayFigure({ value: limit, unit: expectation.unit })}`,
        met: LIMITS[kind].meets(value, limit),
      },
    ];
  });
  if (limits.length === 0)
    throw new Error(`expectOutcome: ${name} needs a threshold: atLeast, atMost, above or below.`);
  return limits;
}

/**
 * Reports a figure and asserts what the lesson promises of it; prints a tick where it is met.
 *
 * @param value What was measured; NaN misses every threshold.
 * @throws OutcomeError that names figure, value, threshold, lesson, profile and seed where it is missed; Error when no
 *   threshold is given or no lesson is open.
 */
export function expectOutcome(name: string, value: number, expectation: Expectation): void {
  const limits = limitsOf(name, value, expectation);
  const { unit, hint } = expectation;
  recordFigure(name, { value, unit });
  const said = `${name} is ${sayFigure({ value, unit })}`;
  const wanted = limits.map(({ words }) => words).join(" and ");
  if (limits.every(({ met }) => met)) {
    process.stdout.write(`✓ ${said} (${wanted})\n`);
    return;
  }
  const { lesson, profile, seed } = openReport().run;
  const advice = hint === undefined ? "" : ` ${hint}`;
  throw new OutcomeError(
    `${said}, expected ${wanted} (lesson ${lesson}, profile ${profile}, seed ${seed}).${advice}`,
  );
}
