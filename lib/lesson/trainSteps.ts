/** `trainSteps` that saves itself, and goes on after a restart of the kernel. */
import { existsSync } from "node:fs";
import type { Json } from "../checkpoint/json";
import { weightsSum } from "../checkpoint/model";
import { SelfSaving } from "../checkpoint/selfSaving";
import type { Batch, Game, StepResult } from "../training/game";
import type { Measured, Measures, Step } from "../training/step";
import {
  trainSteps,
  type LoopOptions,
  type Schedule,
  type TrainOptions,
} from "../training/trainSteps";
import { checkpointable, isGame, type Kept } from "./keptParts";
import type { LessonRun } from "./report";
import { identityOf } from "./runIdentity";
import { hasEnded, isWritten, placeOf, type Wanted } from "./runPlace";
import type { RunNote } from "./savedRuns";
import { sayError } from "./words";

/** What `lesson.trainSteps` takes besides the options of `trainSteps`. */
export interface SavedOptions {
  /**
   * What the loop keeps besides the game that it is given: the live view or the bar, lists that it fills, an averaged network,
   * and the game whose step it takes.
   */
  readonly kept?: Kept;
  /** The numbers that the lesson chose: with others it is another run, which starts afresh. */
  readonly hyperparameters?: object;
}

/** `gan.trainSteps` with a name, which saves itself; see `Lesson`. */
export interface SavedTrainSteps {
  (
    name: string,
    game: Game,
    batches: Iterator<Batch>,
    options: Omit<TrainOptions, "startAt"> & SavedOptions,
  ): Promise<Generator<StepResult, void>>;
  <B, M extends Measures>(
    name: string,
    step: Step<B, M> | Schedule<B, M>,
    batches: Iterator<B>,
    options: Omit<LoopOptions, "startAt"> & SavedOptions,
  ): Promise<Generator<Measured<M>, void>>;
}

type What = Game | Step | Schedule<unknown, Measures>;
type Steps = Generator<Measured<Measures>, void>;

/** Seconds: what a kill takes back is not worth waiting for. */
const EVERY = 5;
/** Seconds: what took longer is saved at its end, so that a restart in a later run does not take it again. */
const WORTH_KEEPING = 1;

/**
 * `lesson.trainSteps` of a lesson that is open.
 *
 * @param every The least seconds from save to save; 0 saves after each step and at the end.
 */
export function savedTrainSteps(lesson: LessonRun, every = EVERY): SavedTrainSteps {
  const train = async (
    name: string,
    what: What,
    batches: Iterator<unknown>,
    { kept = {}, hyperparameters = {}, ...options }: TrainOptions & SavedOptions,
  ): Promise<Steps> => {
    const stepsFrom = (startAt: number): Steps =>
      trainSteps(what as Step, batches, { ...options, steps: options.steps - startAt, startAt });
    if (lesson.profile === "quick") return stepsFrom(0);
    const all = isGame(what) ? { ...kept, game: what } : kept;
    const run = checkpointable(all, batches);
    const identity = identityOf({
      lesson,
      run,
      games: Object.values(all).filter(isGame),
      step: isGame(what) ? undefined : what,
      settings: { ...options, signal: undefined, hyperparameters },
    });
    const note: RunNote = { identity, began: weightsSum(...Object.values(run.models)) };
    const { folder, step } = await placeOf(lesson.lesson, name, { run, note, last: options.steps });
    if (step === options.steps) return nothing();
    const saving = new SelfSaving({ folder, run, every });
    return savedSteps(stepsFrom(step), {
      name,
      saving,
      note,
      folder,
      last: options.steps,
      every,
    });
  };
  return train as SavedTrainSteps;
}

function* nothing(): Steps {
  // all steps were taken before
}

interface Saved extends Omit<Wanted, "run"> {
  readonly name: string;
  readonly saving: SelfSaving;
  readonly folder: string;
  readonly every: number;
}

/** The steps, and between them what is due. */
function* savedSteps(steps: Steps, { name, saving, note, folder, last, every }: Saved): Steps {
  const begin = performance.now();
  const save = (step: number): void => {
    const written = saving.save(step, note as unknown as Json).catch((error: unknown) => {
      console.warn(`${name} goes on, but is not saved: ${sayError(error)}`);
    });
    isWritten(written);
  };
  for (const step of steps) {
    yield step;
    if (step.step < last && saving.due()) save(step.step);
  }
  hasEnded(folder, name);
  if (existsSync(folder) || performance.now() - begin >= 1000 * Math.min(every, WORTH_KEEPING))
    save(last);
}
