import { renameSync, writeFileSync } from "node:fs";
import type { BackendName } from "../backend/load";
import type { Profile } from "./profile";

/** Under which circumstances the figures of a lesson came about. */
export interface LessonRun {
  readonly lesson: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly backend: BackendName;
  /** The machine that computes, in words. */
  readonly device: string;
}

/** A measured figure and what it is measured in. */
export interface Figure {
  readonly value: number;
  readonly unit?: string | undefined;
}

/** What a figure is held to. */
export interface Limits {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly above?: number;
  readonly below?: number;
}

/** What a lesson promises of a figure. */
export interface Outcome {
  readonly limits: Limits;
  /** The same figure of a twin that is built to miss. */
  readonly twin?: number | undefined;
  /** Whether the figure's runs are judged by their range in place of their deviation. */
  readonly skewed: boolean;
}

interface OpenReport {
  readonly run: LessonRun;
  readonly figures: Map<string, Figure>;
  readonly outcomes: Map<string, Outcome>;
}

/** One kernel runs one lesson; opening the next one closes it. */
let open: OpenReport | undefined;

/** The lesson that runs, with the figures reported so far. */
export function openReport(): OpenReport {
  if (open === undefined)
    throw new Error(
      'No lesson is open: call `await gan.openLesson("11-vanilla-gan")` in the first cell.',
    );
  return open;
}

/** Starts the report of a lesson, without figures. */
export function startReport(run: LessonRun): void {
  open = { run, figures: new Map(), outcomes: new Map() };
  writeReport(false);
}

/**
 * Writes the report to the file named by LESSON_REPORT, beside it first and then renamed, so that a reader never sees
 * half of it. A figure that JSON cannot say (NaN, infinite) becomes null. Without LESSON_REPORT nothing is written.
 *
 * @param finished Whether the lesson came to its end.
 */
export function writeReport(finished: boolean): void {
  const file = process.env["LESSON_REPORT"];
  if (file === undefined) return;
  const { run, figures, outcomes } = openReport();
  const { user, system } = process.cpuUsage();
  const entries = [...figures];
  const content = {
    ...run,
    figures: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    units: Object.fromEntries(
      entries.flatMap(([name, { unit }]) => (unit === undefined ? [] : [[name, unit]])),
    ),
    outcomes: Object.fromEntries(outcomes),
    cpuSeconds: (user + system) / 1e6,
    maxRssMB: process.resourceUsage().maxRSS / 1024,
    finished,
  };
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(beside, file);
}

/** A figure with its unit, with four significant digits at most where no other number is asked for. */
export function sayFigure({ value, unit }: Figure, digits = 4): string {
  const number = Number.isInteger(value)
    ? String(value)
    : String(Number(value.toPrecision(digits)));
  return unit === undefined ? number : `${number} ${unit}`;
}

/** Takes a figure up without printing it, and what it is held to. */
export function recordFigure(name: string, figure: Figure, outcome?: Outcome): void {
  const { figures, outcomes } = openReport();
  figures.set(name, figure);
  outcomes.delete(name);
  if (outcome !== undefined) outcomes.set(name, outcome);
  writeReport(false);
}

/**
 * Reports a measured figure of the lesson that is open, and prints it. `npm run lesson` collects these figures.
 * A name that was reported before takes the new value.
 *
 * @param options.unit What the value is measured in, such as "%" or "s".
 * @throws Error when no lesson is open, or the report cannot be written.
 */
export function report(
  name: string,
  value: number,
  options: { readonly unit?: string } = {},
): void {
  const figure = { value, unit: options.unit };
  recordFigure(name, figure);
  process.stdout.write(`${name}: ${sayFigure(figure)}\n`);
}
