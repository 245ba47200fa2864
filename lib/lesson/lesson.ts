import { environment } from "../backend/environment";
import { backendName, ready } from "../backend/load";
import { requireNative } from "../backend/require";
import { display } from "./display";
import { escapeHtml, htmlOutput, htmlTable } from "./html";
import { chooseProfile, chooseSeed, type PerProfile, type Profile } from "./profile";
import { openReport, sayFigure, startReport, writeReport, type LessonRun } from "./report";
import { forgetRuns } from "./runPlace";
import { savedTrainSteps, type SavedTrainSteps } from "./trainSteps";

/** The lesson that a notebook has opened. */
export interface Lesson extends LessonRun {
  /** Chooses the value of the profile that runs: `steps: lesson.pick({ quick: 300, standard: 3000, full: 30000 })`. */
  pick<T>(values: PerProfile<T>): T;
  /**
   * `gan.trainSteps` for a run with a name, which saves itself and goes on where it was:
   * `for (const step of await lesson.trainSteps("DCGAN", game, batches, { steps, kept: { live }, hyperparameters })) …`
   *
   * In the profiles standard and full it saves what it depends on every few seconds in `data/cache/runs/`: the game, the
   * batches, and what is `kept`. After a kill, a restart of the kernel or an interrupt, the same cell goes on from there, and
   * says from where; with other hyperparameters, networks, code or data it starts afresh, and says why. What has come to its end
   * is taken as it is, until its cell is run again, or the lesson ends. Notebooks that run at once do not share runs.
   *
   * @throws What `trainSteps` throws; TypeError naming what cannot be kept; Error when the batches cannot say where they stand.
   */
  readonly trainSteps: SavedTrainSteps;
  /** Shows the figures reported so far in a table, writes the report as finished, and removes what the lesson's runs saved. */
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
  await forgetRuns(run.lesson);
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
  return {
    ...run,
    pick: (values) => values[profile],
    trainSteps: savedTrainSteps(run),
    end: endLesson,
  };
}
