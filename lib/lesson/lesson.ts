import { environment } from "../backend/environment";
import { backendName, ready } from "../backend/load";
import { requireNative } from "../backend/require";
import { display } from "./display";
import { escapeHtml, htmlOutput, htmlTable } from "./html";
import { chooseProfile, chooseSeed, type PerProfile, type Profile } from "./profile";
import { openReport, sayFigure, startReport, writeReport, type LessonRun } from "./report";

/** The lesson that a notebook has opened. */
export interface Lesson extends LessonRun {
  /** Chooses the value of the profile that runs: `steps: lesson.pick({ quick: 300, standard: 3000, full: 30000 })`. */
  pick<T>(values: PerProfile<T>): T;
  /** Shows the figures reported so far in a table, and writes the report as finished. */
  end(): Promise<void>;
}

/** What {@link openLesson} takes besides the lesson's name. */
export interface LessonOptions {
  /** The environment's LESSON_PROFILE goes first. Default "standard". */
  readonly profile?: Profile;
  /** The environment's LESSON_SEED goes first. Default 1. */
  readonly seed?: number;
  /** The lesson trains convolutions, so it needs the native backend. Default false. */
  readonly needsNative?: boolean;
}

async function endLesson(): Promise<void> {
  const { run, figures } = openReport();
  const rows = [...figures].map(([name, figure]) => [name, sayFigure(figure)]);
  const title = `Lesson ${run.lesson}, profile ${run.profile}, seed ${run.seed}`;
  const text = [title, ...rows.map((row) => row.join(": "))].join("\n");
  await display(
    htmlOutput(`<p>${escapeHtml(title)}</p>${htmlTable(["Figure", "Value"], rows)}`, text),
  );
  writeReport(true);
}

/**
 * Opens a lesson: waits until the backend computes, settles profile and seed, prints them in one line, and starts the
 * report that figures and outcomes go to. Calling it again starts afresh.
 *
 * @param slug The notebook's name without its ending, such as "11-vanilla-gan".
 * @throws Error when profile or seed make no sense, when the backend does not start, or when the lesson needs the native
 *   backend and another one computes.
 */
export async function openLesson(slug: string, options: LessonOptions = {}): Promise<Lesson> {
  const profile = chooseProfile(options.profile);
  const seed = chooseSeed(options.seed);
  await ready();
  if (options.needsNative === true) requireNative(`Lesson ${slug}`);
  const run: LessonRun = {
    lesson: slug,
    profile,
    seed,
    backend: backendName,
    device: environment().device,
  };
  startReport(run);
  process.stdout.write(`Lesson ${slug}: profile ${profile}, seed ${seed}, ${run.device}\n`);
  return { ...run, pick: (values) => values[profile], end: endLesson };
}
